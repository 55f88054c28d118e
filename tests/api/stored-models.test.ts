/** What is stored in its final shape although nothing fires, delivers or decides yet: that is said, not pretended. */
import { expect, it } from 'vitest'
import { database } from '@/lib/db'
import { rekeyOrganization } from '@/lib/secrets'
import { describeOnEachDatabase } from '../support/each-database'
import { addMember, addPerson } from '../support/installation'
import { environments, listeningApi, makeEnvironment } from './server'

describeOnEachDatabase('drafts, webhooks, schedules', () => {
  const api = listeningApi()
  const one = `${environments}/acme/web/prod`
  const drafts = `${one}/drafts`
  let draft = ''

  it('sets the scene', () => makeEnvironment(api.call, 'web/prod', 'values: {n: 1}\n'))

  it('keeps a draft beside the environment', async () => {
    const { headers } = await api.call('GET', one)
    const etag = headers.get('etag') ?? ''
    const body = 'values:\n  n: 2\n  token:\n    fn::secret: drafted-secret\n'
    const made = await api.call('POST', drafts, { body, headers: { etag } })
    expect(made.json).toEqual({ changeRequestId: expect.any(String), latestRevisionNumber: 1 })
    draft = (made.json as { changeRequestId: string }).changeRequestId
    expect((await api.call('POST', drafts, { body, headers: { etag: 'stale' } })).status).toBe(409)
    expect((await api.call('POST', drafts, { body: `values:\n  a: \${absent}\n` })).json).toMatchObject({
      code: 400,
      diagnostics: [{ summary: 'unknown property "absent"', range: { environment: 'web/prod' } }],
    })
    expect((await api.call('GET', one)).text).toBe('values: {n: 1}\n')
  })

  it('reads and changes a draft under its own etag', async () => {
    const read = await api.call('GET', `${drafts}/${draft}`)
    expect(read.text).toContain('ciphertext')
    expect(read.text).not.toContain('drafted-secret')
    expect(read.headers.get('etag')).toBe(`"${draft}/1"`)
    const headers = { 'if-match': `${draft}/1` }
    const body = read.text.replace('n: 2', 'n: 3')
    expect((await api.call('PATCH', `${drafts}/${draft}`, { body, headers })).json).toMatchObject({
      latestRevisionNumber: 2,
    })
    expect((await api.call('PATCH', `${drafts}/${draft}`, { body, headers })).status).toBe(409)
    expect(
      (await api.call('PATCH', `${drafts}/${draft}`, { body, headers: { 'if-match': '' } })).status,
    ).toBe(200)
    expect((await api.call('GET', `${drafts}/${draft}?revision=1`)).text).toContain('n: 2')
    expect((await api.call('GET', `${drafts}/absent`)).status).toBe(404)
  })

  it('opens a draft as the environment that it proposes', async () => {
    const { json } = await api.call('POST', `${drafts}/${draft}/open?duration=1h0m0s`)
    const { id } = json as { id: string }
    expect((await api.call('GET', `${one}/open/${id}`)).json).toMatchObject({
      properties: { n: { value: 3 }, token: { value: 'drafted-secret', secret: true } },
    })
  })

  it('offers a draft once', async () => {
    const request = `/api/change-requests/acme/${draft}`
    expect((await api.call('POST', `${request}/submit`, { body: { description: 'please' } })).status).toBe(
      204,
    )
    expect(await api.call('POST', `${request}/submit`, { body: {} })).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('must be in draft status to submit (current status: ready)') },
    })
    expect((await api.call('GET', request)).json).toMatchObject({
      status: 'ready',
      description: 'please',
      entity: { name: 'prod' },
    })
    expect((await api.call('GET', '/api/change-requests/acme')).json).toMatchObject({
      changeRequests: [{ id: draft }],
    })
    expect((await api.call('POST', `${request}/close`)).status).toBe(204)
    expect((await api.call('PATCH', `${drafts}/${draft}`, { body: 'values: {}\n' })).status).toBe(409)
    expect((await api.call('POST', '/api/change-requests/acme/absent/submit')).status).toBe(404)
  })

  it('keeps webhooks, and never shows their secret', async () => {
    const hooks = `${one}/hooks`
    const body = {
      displayName: 'deploy',
      payloadUrl: 'https://example.invalid/hook',
      filters: ['created'],
      secret: 'hook-secret',
    }
    const made = await api.call('POST', hooks, {
      body: { ...body, name: '', organizationName: 'acme', projectName: 'web', envName: 'prod' },
    })
    expect(made).toMatchObject({
      status: 201,
      json: { displayName: 'deploy', format: 'raw', active: true, hasSecret: true },
    })
    const { name } = made.json as { name: string }
    expect((await api.call('POST', hooks, { body: { ...body, name } })).status).toBe(409)
    expect((await api.call('POST', hooks, { body: { ...body, envName: 'other' } })).status).toBe(400)
    const change = { ...body, active: false, secret: '' }
    expect((await api.call('PATCH', `${hooks}/${name}`, { body: change })).json).toMatchObject({
      active: false,
      hasSecret: true,
    })
    const removal = { ...body, filters: null, secret: '__remove-secret' }
    expect((await api.call('PATCH', `${hooks}/${name}`, { body: removal })).json).toMatchObject({
      filters: [],
      hasSecret: false,
    })
    expect((await api.call('GET', hooks)).json).toHaveLength(1)
    for (const path of ['', `/${name}`, `/${name}/deliveries`]) {
      expect((await api.call('GET', `${hooks}${path}`)).text).not.toContain('hook-secret')
    }
    expect((await api.call('GET', `${hooks}/${name}/deliveries`)).json).toEqual([])
    expect((await api.call('POST', `${hooks}/${name}/deliveries/x/redeliver`)).status).toBe(404)
    expect((await api.call('DELETE', `${hooks}/${name}`)).status).toBe(204)
    expect((await api.call('GET', `${hooks}/${name}`)).status).toBe(404)
  })

  it.each([
    { payloadUrl: 'javascript:alert(1)' },
    { payloadUrl: 'ftp://example.invalid' },
    { payloadUrl: 'https://user:password@example.invalid/' },
    { payloadUrl: '/relative' },
    { format: 'slack' },
    { format: 'pulumi_deployments' },
    { format: 'no-such' },
    { name: 'a b' },
    { name: 'x'.repeat(33) },
    { displayName: '' },
    { filters: ['Not An Event'] },
  ])('refuses the webhook %j', async (fields) => {
    const body = { displayName: 'x', payloadUrl: 'https://example.invalid/', ...fields }
    expect((await api.call('POST', `${one}/hooks`, { body })).status).toBe(400)
  })

  it('keeps one schedule with its next time', async () => {
    const schedules = `${one}/schedules`
    const cron = (scheduleCron: string) => ({
      body: { scheduleCron, secretRotationRequest: { environmentPath: '' } },
    })
    for (const text of ['* * * * *', '0,10 * * * *', 'daily', '0 0 30 2 *']) {
      expect((await api.call('POST', schedules, cron(text))).status).toBe(400)
    }
    const past = { body: { scheduleOnce: '2020-01-01T00:00:00Z' } }
    expect((await api.call('POST', schedules, past)).status).toBe(400)
    const made = await api.call('POST', schedules, cron('0 0 * * *'))
    expect(made.json).toMatchObject({
      kind: 'environment_rotation',
      scheduleCron: '0 0 * * *',
      lastExecuted: '',
    })
    expect((made.json as { nextExecution: string }).nextExecution).toMatch(/T00:00:00\.000Z$/)
    const { id } = made.json as { id: string }
    expect((await api.call('POST', schedules, cron('0 0 * * *'))).status).toBe(409)
    expect((await api.call('PATCH', `${schedules}/${id}`, cron('30 0 * * *'))).json).toMatchObject({
      scheduleCron: '30 0 * * *',
    })
    const later = new Date(Date.now() + 86_400_000).toISOString()
    const once = await api.call('PATCH', `${schedules}/${id}`, { body: { scheduleOnce: later } })
    expect(once.json).toMatchObject({ scheduleOnce: later, nextExecution: later })
    expect(once.json).not.toHaveProperty('scheduleCron')
    expect((await api.call('POST', `${schedules}/${id}/pause`)).status).toBe(204)
    expect((await api.call('GET', `${schedules}/${id}`)).json).toMatchObject({
      paused: true,
      nextExecution: '',
    })
    expect((await api.call('POST', `${schedules}/${id}/resume`)).status).toBe(204)
    expect((await api.call('GET', schedules)).json).toMatchObject({
      schedules: [{ id, paused: false, nextExecution: later }],
    })
    expect((await api.call('GET', `${schedules}/${id}/history`)).json).toEqual({ scheduleHistoryEvents: [] })
    expect((await api.call('DELETE', `${schedules}/${id}`)).status).toBe(204)
    expect((await api.call('GET', `${schedules}/${id}`)).status).toBe(404)
  })

  it('16: rotates by either spelling, and keeps a history', async () => {
    const rotated = '/api/esc/environments/acme/web/rotated'
    const definition = 'values:\n  a:\n    fn::rotate::password: { inputs: {} }\n'
    await makeEnvironment(api.call, 'web/rotated', definition)
    for (const body of [{ Paths: ['a'] }, { Paths: [] }, { Paths: null }, { paths: ['a'] }, {}]) {
      const { status, json } = await api.call('POST', `${rotated}/rotate`, { body })
      expect(status).toBe(200)
      expect(json).toMatchObject({
        id: expect.any(String),
        diagnostics: [],
        secretRotationEvent: {
          status: 'succeeded',
          rotations: [{ id: expect.any(String), environmentPath: 'a', status: 'succeeded' }],
        },
      })
    }
    for (const body of [{ Paths: 'a' }, { Paths: ['absent'] }, { Paths: ['['] }]) {
      expect((await api.call('POST', `${rotated}/rotate`, { body })).status).toBe(400)
    }
    const { json } = await api.call('GET', `${rotated}/rotate/history`)
    expect(json).toMatchObject({
      events: [{ status: 'failed' }, { status: 'succeeded', postRotationRevision: 7 }, {}, {}, {}, {}],
    })
    expect(JSON.stringify(json)).not.toContain('password')
    expect((await api.call('POST', `${one}/rotate`, { body: {} })).status).toBe(400)
  })

  it('seals drafts and webhook secrets anew when the organization is rekeyed', async () => {
    const body = {
      displayName: 'x',
      name: 'signed',
      payloadUrl: 'https://example.invalid/',
      secret: 'hook-secret',
    }
    expect((await api.call('POST', `${one}/hooks`, { body })).status).toBe(201)
    const before = await api.call('GET', `${drafts}/${draft}`)
    expect(await rekeyOrganization(api.organization.id)).toMatchObject({ webhooks: 1, unreadable: 0 })
    const after = await api.call('GET', `${drafts}/${draft}`)
    expect(after.text).not.toBe(before.text)
    const { json } = await api.call('POST', `${drafts}/${draft}/open`)
    const session = await api.call('GET', `${one}/open/${(json as { id: string }).id}?property=token`)
    expect(session.json).toMatchObject({ value: 'drafted-secret' })
  })

  it('asks for the same rights as for the environment', async () => {
    const person = await addPerson('reader')
    await addMember(api.organization, person, 'member')
    await database().organization.update({
      where: { id: api.organization.id },
      data: { defaultPermission: 'read' },
    })
    const call = await api.as(person)
    expect((await call('GET', `${drafts}/${draft}`)).status).toBe(200)
    const refused = [
      await call('POST', drafts, { body: 'values: {}\n' }),
      await call('PATCH', `${drafts}/${draft}`, { body: 'values: {}\n' }),
      await call('POST', `${drafts}/${draft}/open`),
      await call('POST', `/api/change-requests/acme/${draft}/close`),
      await call('GET', `${one}/hooks`),
      await call('POST', `${one}/schedules`, { body: { scheduleCron: '0 0 * * *' } }),
      await call('POST', `${one}/rotate`, { body: {} }),
    ]
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403))
    expect((await call('GET', `${one}/schedules`)).status).toBe(200)
  })
})
