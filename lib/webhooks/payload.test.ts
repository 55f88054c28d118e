import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eventOf, importedChange, wants } from './events'
import { payloadOf } from './payload'
import { signatureHeaders } from './sign'

const sender = {
  user: { name: 'Ada', githubLogin: 'ada', avatarUrl: '' },
  organization: { name: 'Acme', githubLogin: 'acme', avatarUrl: '' },
}

function occurrence(event: string, data: object = {}) {
  return { event, environment: 'web/prod', data }
}

describe('events', () => {
  it.each([
    ['environment-created', {}, 'environment', 'environment_created', 'created'],
    ['environment-deleted', {}, 'environment', 'environment_deleted', 'deleted'],
    ['environment-updated', {}, 'environment_revision', 'environment_revision_created', 'created'],
    [
      'environment-revision-retracted',
      {},
      'environment_revision',
      'environment_revision_retracted',
      'retracted',
    ],
    [
      'environment-revision-tag-update',
      {},
      'environment_revision_tag',
      'environment_revision_tag_updated',
      'updated',
    ],
    ['environment-tag-deleted', {}, 'environment_tag', 'environment_tag_deleted', 'deleted'],
    [
      'environment-rotated',
      { status: 'succeeded' },
      'environment_rotation',
      'environment_rotation_succeeded',
      'succeeded',
    ],
    [
      'environment-rotated',
      { status: 'failed' },
      'environment_rotation',
      'environment_rotation_failed',
      'failed',
    ],
    ['change-request-created', {}, 'change_request', 'change_request_created', 'created'],
  ])('%s %j is of kind %s', (event, data, kind, filter, action) => {
    expect(eventOf(occurrence(event, data))).toMatchObject({ kind, filter, action, environmentName: 'prod' })
  })

  it.each(['environment-open', 'environment-decrypted', 'environment-webhook-created', 'toString'])(
    '%s is none',
    (event) => {
      expect(eventOf(occurrence(event))).toBeUndefined()
    },
  )

  it('are chosen by name or by group; nothing chosen is everything', () => {
    const event = { filter: 'environment_created', group: 'environments' } as const
    expect(wants({ filters: [], groups: [] }, event)).toBe(true)
    expect(wants({ filters: ['environment_created'], groups: [] }, event)).toBe(true)
    expect(wants({ filters: ['environment_deleted'], groups: ['environments'] }, event)).toBe(true)
    expect(wants({ filters: ['environment_deleted'], groups: [] }, event)).toBe(false)
    expect(wants({ filters: [], groups: ['change_requests'] }, event)).toBe(false)
  })
})

describe('payloads', () => {
  it('name what happened, and hold nothing of the audit entry beside', () => {
    const data = { revision: 4, tag: 'stable', previous: 'a value', value: 'another' }
    const event = eventOf(occurrence('environment-revision-tag-update', data))
    expect(event && JSON.parse(payloadOf('raw', { ...sender, event }))).toEqual({
      ...sender,
      projectName: 'web',
      environmentName: 'prod',
      action: 'updated',
      revision: 4,
      tagName: 'stable',
    })
  })

  it('tell an importer which environment changed', () => {
    const imported = { projectName: 'web', environmentName: 'base', revision: 7 }
    const event = importedChange({ project: 'web', name: 'prod', revision: 2 }, imported)
    expect(JSON.parse(payloadOf('raw', { ...sender, event }))).toMatchObject({
      action: 'changed',
      affectedRevisions: [{ revision: 2 }],
      importedEnvironmentReference: imported,
    })
  })

  it('are a sentence for chats, in which names mention nobody', () => {
    const event = eventOf({
      event: 'environment-tag-created',
      environment: 'web/prod',
      data: { tag: '<!here>' },
    })
    if (!event) throw new Error('no event')
    const text = 'acme/web/prod: environment tag &lt;!here&gt; created by ada'
    expect(JSON.parse(payloadOf('slack', { ...sender, event }))).toEqual({ text })
    expect(JSON.parse(payloadOf('ms_teams', { ...sender, event }))).toMatchObject({
      type: 'message',
      attachments: [{ content: { body: [{ text: expect.stringContaining('acme/web/prod') }] } }],
    })
  })
})

describe('S10: signatures', () => {
  const message = { id: 'one', kind: 'ping', at: new Date(1_700_000_000_500), body: '{"a":1}' }

  it('cover the body, and with the time also what could be replayed', () => {
    const headers = signatureHeaders({ ...message, secrets: ['new', 'old'] })
    const over = (secret: string) =>
      createHmac('sha256', secret).update(`one.1700000000.${message.body}`).digest('base64')
    expect(headers).toEqual({
      'Pulumi-Webhook-ID': 'one',
      'Pulumi-Webhook-Kind': 'ping',
      'Pulumi-Webhook-Signature': createHmac('sha256', 'new').update(message.body).digest('hex'),
      'Webhook-Id': 'one',
      'Webhook-Timestamp': '1700000000',
      'Webhook-Signature': `v1,${over('new')} v1,${over('old')}`,
    })
  })

  it('are left out without a secret', () => {
    const names = Object.keys(signatureHeaders({ ...message, secrets: [] }))
    expect(names.filter((name) => name.includes('Signature'))).toEqual([])
  })
})
