/** Commands whose effect others see: a request to open reaches its approvers, a ping its receiver. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { config } from '@/lib/config'
import { startWebhookReceiver, type WebhookReceiver } from '../peers/webhook-receiver'
import { type Machine, machine } from './harness'
import { service, variablesFor } from './service'

const backend = service()
let local: Machine
let receiver: WebhookReceiver

beforeAll(async () => {
  local = machine({ env: variablesFor(backend) })
  receiver = await startWebhookReceiver()
  config().allowPrivateTargets = ['127.0.0.0/8']
})
afterAll(async () => {
  config().allowPrivateTargets = []
  await receiver.stop()
  local.remove()
})

async function esc(...words: string[]): Promise<string> {
  const { outcome, stdout } = await local.run(words)
  expect({ words, outcome }).toEqual({ words, outcome: { exitCode: 0 } })
  return stdout
}

function call(path: string, body: unknown): Promise<Response> {
  return fetch(`${backend.url}${path}`, {
    method: 'POST',
    headers: { authorization: `token ${backend.token}` },
    body: JSON.stringify(body),
  })
}

it('env webhook ping and delivery list', async () => {
  const name = 'acme/app/hooked'
  await esc('env', 'init', name)
  const created = await esc('env', 'webhook', 'new', name, 'deploy', '--url', `${receiver.url}/in`)
  const hook = /^Created webhook "([^"]+)" for /.exec(created)?.[1] ?? ''
  const pinged = await esc('env', 'webhook', 'ping', name, hook)
  expect(pinged).toMatch(/^ID: \S+\nKind: ping\nResponse code: 200\nDuration \(ms\): \d+\n$/)
  expect(receiver.received).toMatchObject([{ path: '/in', headers: { 'pulumi-webhook-kind': 'ping' } }])
  expect(await esc('env', 'webhook', 'delivery', 'list', name, hook, '--utc')).toMatch(
    /│ ID +│ KIND │ TIMESTAMP +│ RESPONSE │ DURATION \(MS\) │/,
  )
  const listed = await esc('env', 'webhook', 'delivery', 'list', name, hook, '--output', 'json')
  expect(JSON.parse(listed)).toMatchObject({ deliveries: [{ kind: 'ping', responseCode: 200 }] })
})

it('env open-request, and drafts of what is gated', async () => {
  const name = 'acme/app/gated'
  await esc('env', 'init', name)
  await esc('env', 'set', name, 'n', '1')
  const gate = {
    name: 'Four eyes',
    rule: {
      ruleType: 'approval_required',
      numApprovalsRequired: 1,
      eligibleApprovers: [{ eligibilityType: 'has_permission_on_target', permission: 'environment:write' }],
    },
    target: { entityType: 'environment', qualifiedName: 'app/gated', actionTypes: ['open', 'update'] },
  }
  expect((await call('/api/change-gates/acme', gate)).status).toBe(201)
  const asked = await esc('env', 'open-request', name, '--access-duration-seconds', '1h')
  expect(asked).toMatch(/^Created environment open request with ID: \S+\n$/)
  const json = JSON.parse(await esc('env', 'open-request', name, '--output', 'json'))
  expect(json).toEqual({ changeRequestId: expect.any(String) })
  const refused = await local.run(['env', 'open', name])
  expect(refused).toMatchObject({
    outcome: { exitCode: 1 },
    stderr: expect.stringMatching(/^Error: \[403\] /),
  })
  const proposed = await esc('env', 'set', name, 'n', '2', '--draft')
  expect(proposed).toMatch(/^Change request created: \S+\n(.*\n)*Change request submitted\n$/)
})

it('env open and env run are open and run, with --env too', async () => {
  const name = 'acme/app/plain'
  await esc('env', 'init', name)
  await esc('env', 'set', name, 'environmentVariables.WORD', 'there')
  expect(await esc('env', 'open', '--env', name, '--format', 'dotenv')).toBe('WORD="there"\n')
  expect(await esc('env', 'open', name, 'environmentVariables.WORD', '-f', 'string')).toBe('there\n')
  expect(await esc('env', 'run', name, '--', 'printenv', 'WORD')).toBe('there\n')
})
