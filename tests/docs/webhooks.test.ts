/** The receiver of `docs/webhooks.md`, run as it stands there, told by the product. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { config } from '@/lib/config'
import { projectRoot } from '@/lib/project-root'
import { eventOf } from '@/lib/webhooks/events'
import { signatureHeaders } from '@/lib/webhooks/sign'
import { environments, listeningApi, makeEnvironment } from '../api/server'
import { freePort } from '../peers/free-port'
import { describeOnEachDatabase } from '../support/each-database'

const page = readFileSync(join(projectRoot(), 'docs', 'webhooks.md'), 'utf8')
const secret = 'a-secret-that-signs'
const folder = mkdtempSync(join(tmpdir(), 'esc-receiver-'))
let receiver: ChildProcess
let url = ''

beforeAll(async () => {
  const [, program = ''] = /```js\n([\s\S]+?)```/.exec(page) ?? []
  writeFileSync(join(folder, 'receiver.mjs'), program)
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) }
  receiver = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (receiver.stdout) await once(receiver.stdout, 'data')
})
afterAll(() => {
  receiver.kill()
  rmSync(folder, { recursive: true, force: true })
})

describe('the receiver', () => {
  const body = JSON.stringify({ projectName: 'web', environmentName: 'prod', action: 'created' })
  const told = async (change: { at?: Date; secrets?: string[]; sent?: string } = {}) => {
    const { at = new Date(), secrets = [secret], sent = body } = change
    const headers = signatureHeaders({ id: 'one', kind: 'environment', at, body, secrets })
    return (await fetch(url, { method: 'POST', headers, body: sent })).status
  }

  it.each([
    ['believes what is signed', {}, 204],
    ['believes the second signature while the secret is being changed', { secrets: ['new', secret] }, 204],
    ['refuses another secret', { secrets: ['wrong'] }, 401],
    ['refuses what is not signed', { secrets: [] }, 401],
    ['refuses another body', { sent: '{"projectName": "other"}' }, 401],
    ['refuses what is old', { at: new Date(Date.now() - 6 * 60_000) }, 401],
  ])('%s', async (_, change, status) => {
    expect(await told(change)).toBe(status)
  })
})

describeOnEachDatabase('the receiver is told by the product', () => {
  const api = listeningApi()
  beforeAll(() => {
    config().allowPrivateTargets = ['127.0.0.0/8']
  })
  afterAll(() => {
    config().allowPrivateTargets = []
  })

  it.each([
    ['the right secret', secret, 204],
    ['another secret', 'wrong', 401],
  ])('with %s', async (_, used, status) => {
    const name = `web/${status}`
    await makeEnvironment(api.call, name)
    const hooks = `${environments}/acme/${name}/hooks`
    const body = { name: 'hook', displayName: 'hook', payloadUrl: `${url}/in`, secret: used }
    expect((await api.call('POST', hooks, { body })).status).toBe(201)
    expect((await api.call('POST', `${hooks}/hook/ping`)).json).toMatchObject({ responseCode: status })
  })
})

it.each([
  ['environment-created', 'environment_created', 'environment'],
  ['environment-updated', 'environment_revision_created', 'environment_revision'],
  ['environment-revision-retracted', 'environment_revision_retracted', 'environment_revision'],
  ['environment-rotated', 'environment_rotation_succeeded', 'environment_rotation'],
])('the page names the event of %s', (event, filter, kind) => {
  expect(eventOf({ event, environment: 'web/prod', data: {} })).toMatchObject({ filter, kind })
  expect(page).toMatch(new RegExp(`^\\| .*\`${filter}\`.*\\| \`${kind}\` +\\|`, 'm'))
})
