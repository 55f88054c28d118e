/** Webhooks of an organization hear of every environment (http-api.md §11.8). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consumeOutbox } from '@/lib/audit'
import { config } from '@/lib/config'
import { deliverDue } from '@/lib/webhooks/deliver'
import { webhookConsumer } from '@/lib/webhooks/plan'
import { startWebhookReceiver, type WebhookReceiver } from '../peers/webhook-receiver'
import { describeOnEachDatabase } from '../support/each-database'
import { addMember, addPerson } from '../support/installation'
import { environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('webhooks of an organization', () => {
  const api = listeningApi()
  const hooks = '/api/orgs/acme/hooks'
  let receiver: WebhookReceiver

  beforeAll(async () => {
    receiver = await startWebhookReceiver()
    config().allowPrivateTargets = ['127.0.0.0/8']
  })
  afterAll(async () => {
    config().allowPrivateTargets = []
    await receiver.stop()
  })

  const fields = (more: object = {}) => ({
    name: 'all',
    displayName: 'Everything',
    payloadUrl: `${receiver.url}/in`,
    filters: ['environment_created', 'environment_deleted'],
    ...more,
  })

  it('are made, listed, read and changed', async () => {
    const made = await api.call('POST', hooks, {
      body: fields({ secret: 'signs', organizationName: 'ACME' }),
    })
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'all', organizationName: 'acme', hasSecret: true },
    })
    expect(made.json).not.toHaveProperty('projectName')
    expect((await api.call('GET', hooks)).json).toEqual([made.json])
    const changed = fields({ displayName: 'All', secret: '__remove-secret' })
    expect((await api.call('PATCH', `${hooks}/all`, { body: changed })).json).toMatchObject({
      hasSecret: false,
    })
    expect((await api.call('GET', `${hooks}/all`)).json).toMatchObject({
      displayName: 'All',
      hasSecret: false,
    })
  })

  it('refuse a name twice, deployments, and other places', async () => {
    const twice = await Promise.all(
      Array.from({ length: 5 }, () => api.call('POST', hooks, { body: fields({ name: 'twice' }) })),
    )
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    const deployments = { format: 'pulumi_deployments', payloadUrl: 'project/stack', name: 'd' }
    expect((await api.call('POST', hooks, { body: fields(deployments) })).status).toBe(400)
    expect((await api.call('POST', hooks, { body: fields({ name: 'x', envName: 'prod' }) })).status).toBe(400)
    expect((await api.call('DELETE', `${hooks}/twice`)).status).toBe(204)
  })

  it('hear of environments that come and go, and can be tested', async () => {
    await makeEnvironment(api.call, 'web/short')
    await api.call('DELETE', `${environments}/acme/web/short`)
    while ((await consumeOutbox([webhookConsumer])) === 'more');
    while ((await deliverDue()) === 'more');
    const told = receiver.received.map(({ body }) => JSON.parse(body))
    expect(told).toMatchObject([
      { action: 'created', environmentName: 'short' },
      { action: 'deleted', environmentName: 'short' },
    ])
    const pinged = await api.call('POST', `${hooks}/all/ping`)
    expect(pinged.json).toMatchObject({ kind: 'ping', responseCode: 200 })
    const listed = (await api.call('GET', `${hooks}/all/deliveries`)).json as { id: string }[]
    expect(listed).toHaveLength(3)
    const again = await api.call('POST', `${hooks}/all/deliveries/${listed[0]?.id}/redeliver`)
    expect(again.json).toMatchObject({ id: listed[0]?.id, responseCode: 200 })
  })

  it('are for administrators', async () => {
    const bob = await addPerson('bob')
    await addMember(api.organization, bob, 'member')
    const asBob = await api.as(bob)
    expect((await asBob('GET', hooks)).status).toBe(403)
    expect((await asBob('POST', `${hooks}/all/ping`)).status).toBe(403)
    expect((await (await api.as(await addPerson('eve')))('GET', hooks)).status).toBe(404)
    expect((await api.call('DELETE', `${hooks}/all`)).status).toBe(204)
    expect((await api.call('GET', `${hooks}/all`)).status).toBe(404)
  })
})
