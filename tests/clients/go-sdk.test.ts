/**
 * The official Go SDK against our server, by its own tests, unmodified. `ESC_GO_SDK` names the folder `sdk` of its public
 * source; it is not part of this repository. The SDK drops the port of the URL that it is given, so it is sent to the
 * default port of a name that only the proxy knows.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { listeningApi } from '../api/server'
import { type ConnectProxy, startConnectProxy } from '../peers/connect-proxy'
import { describeOnEachDatabase } from '../support/each-database'

const sdk = process.env.ESC_GO_SDK ?? ''
const host = 'api.openesc.test'
const absence = whyAbsent()

function whyAbsent(): string {
  if (!existsSync(join(sdk, 'go.mod'))) return ' (absent: set ESC_GO_SDK)'
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' })
    return ''
  } catch {
    return ' (absent: there is no go)'
  }
}

interface Ran {
  code: number
  output: string
}

function execute(
  program: string,
  words: string[],
  env: Record<string, string | undefined> = {},
): Promise<Ran> {
  const options = { cwd: sdk, env: { ...process.env, ...env } }
  return new Promise((resolve) =>
    execFile(program, words, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    ),
  )
}

/** Hands the bytes of a tunnel to a server. */
function forwardingTo(url: string): { accept(connection: Duplex): void } {
  const { hostname, port } = new URL(url)
  return {
    accept(connection) {
      const upstream = net.connect({ host: hostname, port: Number(port) })
      upstream.on('error', () => connection.destroy())
      connection.on('error', () => upstream.destroy())
      connection.pipe(upstream).pipe(connection)
    },
  }
}

describe.skipIf(absence !== '')(`the official Go SDK${absence}`, () => {
  describeOnEachDatabase('works unmodified', () => {
    const api = listeningApi()
    let folder = ''
    let proxy: ConnectProxy | undefined

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'esc-go-sdk-'))
      proxy = await startConnectProxy(forwardingTo(api.url), { names: [host] })
      writeFileSync(join(folder, 'ca.pem'), proxy.certificate)
    })
    afterAll(async () => {
      await proxy?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    it('passes all its tests', { timeout: 300_000 }, async () => {
      const { tokenValue } = await createAccessToken(api.admin.actor, { description: 'SDK' })
      const tests = join(folder, 'sdk.test')
      // Built beforehand, so that only the tests go through the proxy.
      const built = await execute('go', ['test', '-c', '-o', tests, './go'])
      expect(built.code, built.output).toBe(0)
      const { code, output } = await execute(tests, ['-test.v'], {
        PULUMI_ORG: 'acme',
        PULUMI_ACCESS_TOKEN: tokenValue,
        PULUMI_BACKEND_URL: `https://${host}`,
        HTTPS_PROXY: proxy?.url,
        SSL_CERT_FILE: join(folder, 'ca.pem'),
      })
      expect(output).toContain('--- PASS: Test_EscClient ')
      expect(output).not.toMatch(/--- (FAIL|SKIP)/)
      expect(code, output).toBe(0)
      expect(proxy?.tunnels).toContain(`${host}:443`)
    })
  })
})
