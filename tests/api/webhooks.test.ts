/** Webhooks from the change to the receiver, through the outbox and both jobs. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { consumeOutbox } from '@/lib/audit'
import { config } from '@/lib/config'
import { database } from '@/lib/db'
import { rekeyOrganization } from '@/lib/secrets'
import { deliverDue, removeOldDeliveries } from '@/lib/webhooks/deliver'
import { webhookConsumer } from '@/lib/webhooks/plan'
import { startWebhookReceiver, type WebhookReceiver } from '../peers/webhook-receiver'
import { describeOnEachDatabase } from '../support/each-database'
import { environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('webhooks', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/prod`
  const hooks = `${one}/hooks`
  const secret = 'a-secret-that-signs'
  let receiver: WebhookReceiver

  beforeAll(async () => {
    receiver = await startWebhookReceiver()
    config().allowPrivateTargets = ['127.0.0.0/8']
    await makeEnvironment(api.call, 'web/prod', 'values: {n: 1}\n')
  })
  afterAll(async () => {
    config().allowPrivateTargets = []
    await receiver.stop()
  })
  beforeEach(async () => {
    await settle()
    await database().webhook.deleteMany({})
    receiver.received.length = 0
    receiver.answer = { status: 200 }
  })

  /** As the jobs do, until nothing is due. */
  async function settle(): Promise<void> {
    while ((await consumeOutbox([webhookConsumer])) === 'more');
    while ((await deliverDue()) === 'more');
  }

  async function addHook(fields: object = {}): Promise<void> {
    const body = { name: 'hook', displayName: 'hook', payloadUrl: `${receiver.url}/in`, ...fields }
    const made = await api.call('POST', hooks, { body })
    if (made.status !== 201) throw new Error(`making the webhook answered ${made.status}: ${made.text}`)
  }

  async function change(n: number): Promise<void> {
    await api.call('PATCH', one, { body: `values: {n: ${n}}\n` })
  }

  async function deliveries(): Promise<Record<string, unknown>[]> {
    return (await api.call('GET', `${hooks}/hook/deliveries`)).json as Record<string, unknown>[]
  }

  it('tell the receiver of a change, signed, once', async () => {
    await addHook({ secret, filters: ['environment_revision_created'] })
    await change(2)
    await settle()
    await settle()
    expect(receiver.received).toHaveLength(1)
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = receiver.received
    expect(path).toBe('/in')
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'pulumi-webhook-kind': 'environment_revision',
      'pulumi-webhook-signature': createHmac('sha256', secret).update(body).digest('hex'),
      'pulumi-webhook-id': headers['webhook-id'],
    })
    expect(JSON.parse(body)).toMatchObject({
      user: { githubLogin: 'alice' },
      organization: { githubLogin: 'acme' },
      projectName: 'web',
      environmentName: 'prod',
      action: 'created',
      revision: expect.any(Number),
    })
    expect(await deliveries()).toMatchObject([
      {
        id: headers['webhook-id'],
        kind: 'environment_revision',
        responseCode: 200,
        responseBody: 'ok',
        payload: body,
      },
    ])
  })

  it('are silent when switched off, about what is not chosen, and about reading', async () => {
    await addHook({ filters: ['environment_tag_created'] })
    await change(3)
    await api.call('POST', `${one}/open`)
    await settle()
    expect(receiver.received).toEqual([])
    await api.call('POST', `${one}/tags`, { body: { name: 'team', value: 'a value that stays here' } })
    await settle()
    expect(receiver.received).toMatchObject([{ headers: { 'pulumi-webhook-kind': 'environment_tag' } }])
    expect(receiver.received[0]?.body).not.toContain('stays here')
    const off = { displayName: 'hook', payloadUrl: `${receiver.url}/in`, active: false }
    await api.call('PATCH', `${hooks}/hook`, { body: off })
    await change(4)
    await settle()
    expect(receiver.received).toHaveLength(1)
  })

  it('tell who imports an environment that it changed', async () => {
    await makeEnvironment(api.call, 'web/base', 'values: {b: 1}\n')
    await api.call('PATCH', one, { body: 'imports: [web/base]\nvalues: {n: 5}\n' })
    await settle()
    await addHook({ filters: ['imported_environment_changed'] })
    await api.call('PATCH', `${environments}/acme/web/base`, { body: 'values: {b: 2}\n' })
    await settle()
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        action: 'changed',
        environmentName: 'prod',
        affectedRevisions: [{ revision: expect.any(Number) }],
        importedEnvironmentReference: { projectName: 'web', environmentName: 'base', revision: 3 },
      },
    ])
  })

  it('try again with growing pauses, under one id, and give up', async () => {
    receiver.answer = { status: 503, body: 'not now' }
    await addHook({ filters: ['environment_revision_created'] })
    await change(6)
    const pauses: number[] = []
    for (let round = 0; round < 8; round++) {
      await settle()
      const [row] = await database().webhookDelivery.findMany()
      if (row?.nextTryAt) pauses.push(Math.round((row.nextTryAt.getTime() - Date.now()) / 1000))
      await database().webhookDelivery.updateMany({
        where: { nextTryAt: { not: null } },
        data: { nextTryAt: new Date() },
      })
    }
    expect(receiver.received).toHaveLength(6)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(pauses).toHaveLength(5)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(80 * 60)
    expect(await database().webhookDelivery.findMany()).toMatchObject([
      { status: 'failed', responseCode: 503 },
    ])
  })

  it('deliver again on request, under the same id', async () => {
    receiver.answer = { status: 500 }
    await addHook({ filters: ['environment_revision_created'] })
    await change(7)
    await settle()
    const [{ id } = {}] = await deliveries()
    receiver.answer = { status: 201, body: 'better' }
    const again = await api.call('POST', `${hooks}/hook/deliveries/${id}/redeliver`)
    expect(again).toMatchObject({ status: 200, json: { id, responseCode: 201, responseBody: 'better' } })
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id])
    expect(await database().webhookDelivery.findMany()).toMatchObject([
      { status: 'delivered', nextTryAt: null },
    ])
    expect((await api.call('POST', `${hooks}/hook/deliveries/absent/redeliver`)).status).toBe(404)
  })

  it('ping at once, also when switched off', async () => {
    await addHook({ active: false })
    const ping = await api.call('POST', `${hooks}/hook/ping`)
    expect(ping).toMatchObject({ status: 200, json: { kind: 'ping', responseCode: 200, responseBody: 'ok' } })
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
      timestamp: expect.any(Number),
      message: expect.any(String),
    })
    expect(await deliveries()).toHaveLength(1)
  })

  it('S01: reach nothing private, and say so', async () => {
    config().allowPrivateTargets = []
    await addHook()
    for (const payloadUrl of [
      `${receiver.url}/in`,
      'http://localhost:1/',
      'http://[::1]:1/',
      'http://169.254.169.254/',
    ]) {
      await api.call('PATCH', `${hooks}/hook`, { body: { displayName: 'hook', payloadUrl } })
      const { json } = await api.call('POST', `${hooks}/hook/ping`)
      expect(json).toMatchObject({ responseCode: 0, responseBody: expect.stringContaining('not public') })
    }
    config().allowPrivateTargets = ['127.0.0.0/8']
    expect(receiver.received).toEqual([])
  })

  it('S03, S04: follow no redirect and keep only the beginning of an answer', async () => {
    await addHook()
    receiver.answer = { status: 302, headers: { location: `${receiver.url}/elsewhere`, 'set-cookie': 'a=b' } }
    const moved = await api.call('POST', `${hooks}/hook/ping`)
    expect(moved.json).toMatchObject({ responseCode: 302 })
    expect(moved.text).not.toContain('set-cookie')
    expect(receiver.received).toHaveLength(1)
    receiver.answer = { status: 200, body: 'x'.repeat(100_000) }
    const { json } = await api.call('POST', `${hooks}/hook/ping`)
    expect((json as { responseBody: string }).responseBody).toHaveLength(4096)
  })

  it('S10: keep their secret out of everything, sign with the old one for a day, and survive a new key', async () => {
    await addHook({ secret })
    const renewed = { displayName: 'hook', payloadUrl: `${receiver.url}/in`, secret: 'the-next-secret' }
    await api.call('PATCH', `${hooks}/hook`, { body: renewed })
    expect(await rekeyOrganization(api.organization.id)).toMatchObject({ webhooks: 1, unreadable: 0 })
    await api.call('POST', `${hooks}/hook/ping`)
    const [first] = receiver.received
    if (!first) throw new Error('nothing arrived')
    const { headers, body } = first
    const by = (key: string) =>
      createHmac('sha256', key)
        .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
        .digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${by('the-next-secret')} v1,${by(secret)}`)
    const kept = [
      await database().webhookDelivery.findMany(),
      await database().auditEvent.findMany({ omit: { hash: true, previousHash: true } }),
      await database().outboxEvent.findMany(),
    ]
    expect(JSON.stringify(kept)).not.toMatch(/a-secret-that-signs|the-next-secret/)
    await database().webhook.updateMany({ data: { previousUntil: new Date(0) } })
    await removeOldDeliveries()
    await api.call('POST', `${hooks}/hook/ping`)
    expect(receiver.received[1]?.headers['webhook-signature']).not.toContain(' ')
  })

  it('A09: end with their environment, also for a namesake', async () => {
    await makeEnvironment(api.call, 'web/brief')
    const own = `${environments}/acme/web/brief/hooks`
    await api.call('POST', own, { body: { displayName: 'x', payloadUrl: `${receiver.url}/in` } })
    await api.call('DELETE', `${environments}/acme/web/brief`)
    await makeEnvironment(api.call, 'web/brief', 'values: {a: 1}\n')
    await settle()
    expect(receiver.received).toEqual([])
    expect((await api.call('GET', own)).json).toEqual([])
  })

  it('are sent once although many processes look', async () => {
    await addHook({ filters: ['environment_revision_created'] })
    for (let n = 10; n < 16; n++) await change(n)
    await Promise.all([1, 2, 3, 4].map(() => settle()))
    expect(receiver.received).toHaveLength(6)
  })
})
