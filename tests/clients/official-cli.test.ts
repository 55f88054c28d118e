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
import { config } from '@/lib/config'
import { listeningApi } from '../api/server'
import { startWebhookReceiver, type WebhookReceiver } from '../peers/webhook-receiver'
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
    let receiver: WebhookReceiver | undefined

    beforeAll(async () => {
      receiver = await startWebhookReceiver()
      config().allowPrivateTargets = ['127.0.0.0/8']
      home = mkdtempSync(join(tmpdir(), 'esc-home-'))
      token = (await createAccessToken(api.admin.actor, { description: 'cli' })).tokenValue
    })
    afterAll(async () => {
      config().allowPrivateTargets = []
      await receiver?.stop()
      rmSync(home, { recursive: true, force: true })
    })

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

    async function made(name: string, definition = ''): Promise<string> {
      const file = join(home, 'made.yaml')
      writeFileSync(file, definition)
      await ok('env', 'init', name, '--file', file)
      return name
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

    it('tags renamed and removed, a revision retracted', async () => {
      const name = await made('acme/web/tags', 'values: {n: 1}\n')
      await ok('env', 'set', name, 'n', '2')
      await ok('env', 'tag', name, 'team', 'blue')
      await ok('env', 'tag', 'mv', name, 'team', 'crew')
      expect(await ok('env', 'tag', 'rm', name, 'crew')).toContain('crew')
      await ok('env', 'version', 'tag', `${name}@stable`, '@1')
      await ok('env', 'version', 'tag', 'rm', `${name}@stable`)
      await ok('env', 'version', 'retract', `${name}@2`, '--reason', 'wrong')
      expect(await ok('env', 'version', 'history', name)).toMatch(/revision 2 \(retracted\)[\s\S]*wrong/)
    })

    it('env edit in an editor, rm of a value', async () => {
      const name = await made('acme/web/edited', 'values:\n  keep: 1\n  drop: 2\n')
      const editor = join(home, 'editor')
      writeFileSync(editor, '#!/bin/sh\nsed -i "s/keep: 1/keep: 7/" "$1"\n', { mode: 0o755 })
      expect(await ok('env', 'edit', name, '--editor', editor)).toContain('Environment updated.')
      await ok('env', 'rm', name, 'drop')
      expect(JSON.parse(await ok('open', name))).toEqual({ keep: 7 })
    })

    it('env schedule', async () => {
      const name = await made('acme/web/scheduled')
      const created = await ok('env', 'schedule', 'new', name, '--cron', '0 3 * * *')
      const id = /^Created schedule (\S+) for /.exec(created)?.[1] ?? ''
      expect(await ok('env', 'schedule', 'edit', name, id, '--cron', '0 5 * * *')).toContain(id)
      expect(await ok('env', 'schedule', 'get', name, id)).toContain('0 5 * * *')
      expect(await ok('env', 'schedule', 'list', name)).toContain('0 5 * * *')
      await ok('env', 'schedule', 'history', name, id)
      expect(await ok('env', 'schedule', 'remove', name, id, '--yes')).toContain('Removed schedule')
    })

    it('env webhook', async () => {
      const name = await made('acme/web/hooked')
      const url = `${receiver?.url}/in`
      const created = await ok('env', 'webhook', 'new', name, 'deploy', '--url', url, '--secret', 'signs')
      const hook = /^Created webhook "([^"]+)" for /.exec(created)?.[1] ?? ''
      expect(await ok('env', 'webhook', 'ping', name, hook)).toContain('Response code: 200')
      expect(receiver?.received.at(-1)?.headers).toHaveProperty('pulumi-webhook-signature')
      await ok('env', 'webhook', 'edit', name, hook, '--add-event', 'environment_revision_created')
      expect(await ok('env', 'webhook', 'get', name, hook)).toContain('environment_revision_created')
      expect(await ok('env', 'webhook', 'list', name)).toContain('deploy')
      await ok('env', 'webhook', 'delivery', 'list', name, hook)
      expect(await ok('env', 'webhook', 'rm', name, hook)).toContain('Removed webhook')
    })

    it('env referrer and provider', async () => {
      const base = await made('acme/web/base', 'values: {a: 1}\n')
      await made('acme/web/importer', 'imports: [web/base]\n')
      expect(await ok('env', 'referrer', 'list', base)).toContain('web/importer')
      expect(await ok('env', 'referrer', 'list', base, '--all')).toContain('web/importer')
      const login = ['aws-login', 'static', 'acme/web/provided', 'AKIAEXAMPLE', 'wJalrXUt', '--create']
      expect(await ok('env', 'provider', ...login)).toContain('Provider updated.')
      expect(await ok('env', 'get', 'acme/web/provided', '--definition')).toContain('fn::open::aws-login')
    })

    it('env rotate', async () => {
      const name = await made('acme/web/rotated', 'values:\n  db:\n    fn::rotate::password: {inputs: {}}\n')
      expect(await ok('env', 'rotate', name)).toContain(`Environment '${name}' rotated.`)
      expect(JSON.parse(await ok('open', name, 'db'))).toHaveProperty('current')
    })

    it('drafts, and requests to open', async () => {
      const name = await made('acme/web/gated', 'values: {n: 1}\n')
      const rule = {
        ruleType: 'approval_required',
        numApprovalsRequired: 1,
        eligibleApprovers: [{ eligibilityType: 'has_permission_on_target', permission: 'environment:write' }],
      }
      const target = {
        entityType: 'environment',
        qualifiedName: 'web/gated',
        actionTypes: ['open', 'update'],
      }
      const gate = { name: 'Four eyes', enabled: true, rule, target }
      expect((await api.call('POST', '/api/change-gates/acme', { body: gate })).status).toBe(201)
      const proposed = await ok('env', 'set', name, 'n', '2', '--draft')
      expect(proposed).toContain('Change request submitted')
      const id = /^Change request created: (\S+)$/m.exec(proposed)?.[1]
      expect(await ok('env', 'set', name, 'n', '3', `--draft=${id}`)).toContain('Change request updated')
      expect((await esc('open', name)).code).not.toBe(0)
      expect(await ok('env', 'open-request', name)).toContain('Created environment open request with ID: ')
    })

    it('logout', async () => {
      expect(await ok('logout', api.url)).toContain('Logged out')
    })
  })
})
