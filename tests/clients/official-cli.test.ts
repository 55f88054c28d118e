/**
 * The official Go `esc` against our server, when `ESC_OFFICIAL_CLI` names the binary; it is not part of this repository.
 * Any program with the same commands can stand in, our own among them.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { listeningApi } from '../api/server'
import { describeOnEachDatabase } from '../support/each-database'

const program = process.env.ESC_OFFICIAL_CLI ?? ''
const absence = existsSync(program) ? '' : ' (absent: set ESC_OFFICIAL_CLI)'

interface Ran {
  code: number
  stdout: string
  stderr: string
}

describe.skipIf(absence !== '')(`the official command line${absence}`, () => {
  describeOnEachDatabase('works unmodified', () => {
    const api = listeningApi()
    const env = 'acme/web/prod'
    let home = ''
    let token = ''

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'esc-home-'))
      token = (await createAccessToken(api.admin.actor, { description: 'cli' })).tokenValue
    })
    afterAll(() => rmSync(home, { recursive: true, force: true }))

    function esc(...words: string[]): Promise<Ran> {
      const variables = {
        PULUMI_HOME: home,
        HOME: home,
        NO_COLOR: '1',
        PATH: process.env.PATH,
        NODE_ENV: 'test' as const,
      }
      const credentials = { PULUMI_ACCESS_TOKEN: token, PULUMI_BACKEND_URL: api.url }
      return new Promise((resolve) => {
        const options = { env: { ...variables, ...credentials }, cwd: home }
        const child = execFile(program, words, options, (error, stdout, stderr) =>
          resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
        )
        child.stdin?.end()
      })
    }

    /** Its output; fails the test when it fails. */
    async function ok(...words: string[]): Promise<string> {
      const { code, stdout, stderr } = await esc(...words)
      expect({ words, code, stderr: code === 0 ? '' : stderr }).toEqual({ words, code: 0, stderr: '' })
      return stdout
    }

    it('login', async () => {
      expect(await ok('login', api.url)).toContain('alice')
    })

    it('env init, ls, edit, set, get', async () => {
      const definition = join(home, 'definition.yaml')
      writeFileSync(
        definition,
        'values:\n  greeting: hello\n  environmentVariables:\n    GREETING: ${greeting}\n',
      )
      await ok('env', 'init', env)
      expect(await ok('env', 'ls')).toContain(env)
      expect(await ok('env', 'edit', '--file', definition, env)).toContain('Environment updated.')
      await ok('env', 'set', env, 'count', '3')
      await ok('env', 'set', env, '--secret', 'password', 'x9-Kf27-pQ')
      expect(await ok('env', 'get', env, 'greeting')).toContain('hello')
      expect(await ok('env', 'get', env)).not.toContain('x9-Kf27-pQ')
      expect(await ok('env', 'get', env, 'password', '--show-secrets')).toContain('x9-Kf27-pQ')
    })

    it.each([
      ['json', '"count": 3'],
      ['yaml', 'greeting: hello'],
      ['dotenv', 'GREETING="hello"'],
      ['shell', 'export GREETING="hello"'],
      ['detailed', '"greeting"'],
      ['string', 'hello'],
    ])('open as %s', async (format, expected) => {
      const output = await ok('open', env, '--format', format)
      expect(output.replaceAll("'", '"')).toContain(expected)
    })

    it('open of one value, and run', async () => {
      expect(await ok('open', env, 'password', '--format', 'string')).toContain('x9-Kf27-pQ')
      expect((await ok('run', env, '--', 'printenv', 'GREETING')).trim()).toBe('hello')
    })

    it('env tag, version, version tag, diff, rollback', async () => {
      await ok('env', 'tag', env, 'team', 'blue')
      expect(await ok('env', 'tag', 'get', env, 'team')).toContain('blue')
      expect(await ok('env', 'tag', 'ls', env)).toContain('team')
      await ok('env', 'version', 'tag', `${env}@stable`, '@2')
      expect(await ok('env', 'version', `${env}@stable`)).toContain('Revision 2')
      expect(await ok('env', 'version', 'history', env)).toContain('revision 4')
      expect(await ok('env', 'version', 'tag', 'ls', env)).toContain('stable')
      expect(await ok('env', 'diff', `${env}@stable`, '@latest')).toContain('count')
      await ok('env', 'version', 'rollback', `${env}@stable`)
      expect(await ok('env', 'get', env)).not.toContain('count')
    })

    it('env clone, settings, rm', async () => {
      await ok('env', 'clone', env, 'web/copy')
      expect(await ok('open', 'acme/web/copy', 'greeting')).toContain('hello')
      await ok('env', 'settings', 'set', 'acme/web/copy', 'deletion-protected', 'true')
      const kept = await esc('env', 'rm', '--yes', 'acme/web/copy')
      expect(kept).toMatchObject({ code: expect.any(Number), stderr: expect.stringMatching(/protect/) })
      await ok('env', 'settings', 'set', 'acme/web/copy', 'deletion-protected', 'false')
      await ok('env', 'rm', '--yes', 'acme/web/copy')
      await ok('env', 'rm', '--yes', env)
      expect((await esc('env', 'get', env)).code).not.toBe(0)
    })
  })
})
