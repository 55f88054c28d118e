/** The test suite that ships inside the npm package `@pulumi/esc-sdk`, unmodified, against our server. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { describeOnEachDatabase } from '../support/each-database'
import { listeningApi } from './server'

const suite = createRequire(import.meta.url).resolve('@pulumi/esc-sdk/test/client.spec.js')
const port = fileURLToPath(new URL('sdk-port.cjs', import.meta.url))

interface Run {
  exitCode: number | null
  output: string
}

function runSuite(variables: Record<string, string>): Promise<Run> {
  const child = spawn(process.execPath, ['--require', port, '--test', '--test-reporter', 'tap', suite], {
    env: { ...process.env, ...variables },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, output })))
}

describeOnEachDatabase('the official TypeScript SDK', () => {
  const api = listeningApi()

  it('passes all its tests', { timeout: 120_000 }, async () => {
    const { tokenValue } = await createAccessToken(api.admin.actor, { description: 'SDK' })
    const { exitCode, output } = await runSuite({
      PULUMI_ORG: 'acme',
      PULUMI_ACCESS_TOKEN: tokenValue,
      PULUMI_BACKEND_URL: api.url,
    })
    expect(output).toContain('ok 1 - should create, clone, list, update, get, decrypt, open and delete')
    expect(output).toContain('ok 2 - check environment valid')
    expect(output).toContain('ok 3 - check environment invalid')
    expect(output).not.toMatch(/^\s*not ok|# SKIP/m)
    expect(exitCode, output).toBe(0)
  })
})
