/** Every event that console.md §14 lists: a real action writes it, or it is said here why none can. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '@/lib/access/signin'
import { database } from '@/lib/db'
import { exchangeToken } from '@/lib/organizations/exchange/exchange'
import { acceptInvitation } from '@/lib/organizations/invitations'
import { changeSettings } from '@/lib/organizations/settings'
import { startTestIssuer, type TestIssuer } from '../peers/test-issuer'
import { temporaryDatabase } from '../support/database'
import { addMember, addPerson, type TestPerson } from '../support/installation'
import { type Client, environments, listeningApi, makeEnvironment } from './server'

const acme = '/api/orgs/acme'
const one = `${environments}/acme/web/prod`
const password = 'correct horse battery staple'
const canary = 'canary-of-the-audit-log'
const origin = { address: '198.51.100.7', requestId: 'request-1' }

/** What the product cannot write, and why. */
const impossible = {
  'saml-configuration-updated': 'there is no SAML: single sign-on is OpenID Connect',
  'customer-managed-key-created':
    'keys are wrapped by the master key of the installation, not by a customer’s',
}

interface Scene {
  call: Client
  /** A member who may read everything and open nothing. */
  reader: Client
  bob: TestPerson
  ci: TestIssuer
}

/** Ids that a step leaves for those after it. */
const kept = new Map<string, string>()

async function idOf(
  answer: Promise<{ json: unknown; status: number; text: string }>,
  name = 'id',
): Promise<string> {
  const { json, status, text } = await answer
  const id: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined
  if (typeof id !== 'string') throw new Error(`answered ${status} without ${name}: ${text}`)
  return id
}

async function keep(name: string, id: Promise<string>): Promise<void> {
  kept.set(name, await id)
}

const trade = async (
  ci: TestIssuer,
  kind: string,
  over: Record<string, string> = {},
  sub = 'repo:acme/web',
) =>
  exchangeToken(
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      audience: 'urn:pulumi:org:acme',
      requested_token_type: `urn:pulumi:token-type:access_token:${kind}`,
      subject_token: await ci.token({ claims: { aud: 'urn:pulumi:org:acme', sub } }),
      ...over,
    },
    origin,
  )

const allow = { decision: 'allow', rules: { sub: 'repo:acme/*' } }
const policies = [
  { ...allow, tokenType: 'organization' },
  { ...allow, tokenType: 'team', teamName: 'ops' },
  { ...allow, tokenType: 'personal', userLogin: 'bob' },
]

const gate = (actionType: string, name = 'Four eyes') => ({
  name,
  enabled: true,
  rule: {
    ruleType: 'approval_required',
    numApprovalsRequired: 1,
    allowSelfApproval: false,
    requireReapprovalOnChange: true,
    eligibleApprovers: [{ eligibilityType: 'has_permission_on_target', permission: 'environment:write' }],
  },
  target: { entityType: 'environment', qualifiedName: 'web/prod', actionTypes: [actionType] },
})

const opensStack = 'values: { s: { fn::open::pulumi-stacks: { stacks: { shop: { stack: shop/prod } } } } }'

/** In this order: later steps build on earlier ones. */
const steps: Record<string, (scene: Scene) => Promise<unknown>> = {
  'environment-created': ({ call }) =>
    makeEnvironment(call, 'web/prod', `values:\n  token: { fn::secret: ${canary} }\n`),
  'environment-updated': ({ call }) =>
    call('PATCH', one, { body: `values:\n  token: { fn::secret: ${canary} }\n  n: 1\n` }),
  'environment-read': ({ call }) => call('GET', one),
  'environment-open': ({ call }) => keep('session', idOf(call('POST', `${one}/open`))),
  'environment-read-open': ({ call }) => call('GET', `${one}/open/${kept.get('session')}`),
  'environment-unauthorized-open': ({ reader }) => reader('POST', `${one}/open`),
  'environment-decrypted': ({ call }) => call('GET', `${one}/decrypt`),
  'environment-cloned': ({ call }) => call('POST', `${one}/clone`, { body: { name: 'copy' } }),
  'environment-deleted': ({ call }) => call('DELETE', `${environments}/acme/web/copy`),
  'environment-restored': async ({ call }) => {
    const { json } = await call('GET', `${environments}/acme/restore`)
    const [deleted] = (json as { environments: { deletedAt: string }[] }).environments
    const body = { project: 'web', name: 'copy', deletionTimestamp: deleted?.deletedAt }
    return call('PUT', `${environments}/acme/restore`, { body })
  },
  'environment-rotated': async ({ call }) => {
    await makeEnvironment(
      call,
      'web/rotated',
      'values:\n  it:\n    fn::rotate::password:\n      inputs: { length: 24 }\n',
    )
    return call('POST', `${environments}/acme/web/rotated/rotate`, { body: {} })
  },
  'environment-draft-open': async ({ call }) => {
    const body = `values:\n  n: 2\n  token: { fn::secret: ${canary} }\n`
    await keep('draft', idOf(call('POST', `${one}/drafts`, { body }), 'changeRequestId'))
    await keep('draft session', idOf(call('POST', `${one}/drafts/${kept.get('draft')}/open`)))
  },
  'environment-draft-read-open': ({ call }) => call('GET', `${one}/open/${kept.get('draft session')}`),
  'environment-oidc-token-issued': async ({ call }) => {
    await makeEnvironment(
      call,
      'web/oidc',
      'values: { t: { fn::open::oidc: { audience: x, identityToken: { version: v2 } } } }\n',
    )
    return call('POST', `${environments}/acme/web/oidc/open`)
  },
  'environment-deletion-protection-enabled': ({ call }) =>
    call('PATCH', `${one}/settings`, { body: { deletionProtected: true } }),
  'environment-deletion-protection-disabled': ({ call }) =>
    call('PATCH', `${one}/settings`, { body: { deletionProtected: false } }),
  'environment-revision-tag-created': ({ call }) =>
    call('POST', `${one}/versions/tags`, { body: { name: 'stable', revision: 2 } }),
  'environment-revision-tag-read': ({ call }) => call('GET', `${one}/versions/stable`),
  'environment-revision-tag-open': ({ call }) => call('POST', `${one}/versions/stable/open`),
  'environment-revision-tag-update': ({ call }) =>
    call('PATCH', `${one}/versions/tags/stable`, { body: { revision: 3 } }),
  'environment-revision-tag-delete': ({ call }) => call('DELETE', `${one}/versions/tags/stable`),
  'environment-revision-retracted': ({ call }) =>
    call('POST', `${one}/versions/2/retract`, { body: { reason: 'leaked' } }),
  'environment-tag-created': ({ call }) =>
    call('POST', `${one}/tags`, { body: { name: 'team', value: 'core' } }),
  'environment-tag-updated': ({ call }) =>
    call('PATCH', `${one}/tags/team`, {
      body: { currentTag: { value: 'core' }, newTag: { name: '', value: 'apps' } },
    }),
  'environment-tag-deleted': ({ call }) => call('DELETE', `${one}/tags/team`),
  'environment-schedule-created': ({ call }) =>
    keep('schedule', idOf(call('POST', `${one}/schedules`, { body: cron('0 0 * * *') }))),
  'environment-schedule-updated': ({ call }) =>
    call('PATCH', `${one}/schedules/${kept.get('schedule')}`, { body: cron('0 1 * * *') }),
  'environment-schedule-deleted': ({ call }) => call('DELETE', `${one}/schedules/${kept.get('schedule')}`),
  'stack-provider-open': async ({ call }) => {
    await makeEnvironment(call, 'web/stacks', opensStack)
    return call('POST', `${environments}/acme/web/stacks/open`)
  },
  'change-gate-created': ({ call }) =>
    keep('gate', idOf(call('POST', '/api/change-gates/acme', { body: gate('update') }))),
  'change-gate-updated': ({ call }) =>
    call('PUT', `/api/change-gates/acme/${kept.get('gate')}`, { body: gate('update', 'Two eyes') }),
  'auth-failure-change-request': ({ reader }) =>
    reader('POST', `/api/change-requests/acme/${kept.get('draft')}/close`),
  'change-gate-deleted': ({ call }) => call('DELETE', `/api/change-gates/acme/${kept.get('gate')}`),
  'auth-failure-environment': ({ reader }) => reader('PATCH', one, { body: 'values: {}\n' }),
  'auth-failure-organization-role': ({ reader }) =>
    reader('POST', `${acme}/teams/pulumi`, { body: { name: 'mine' } }),
  'custom-role-created': ({ call }) =>
    keep('role', idOf(call('POST', `${acme}/roles`, { body: { name: 'opener' } }))),
  'custom-role-updated': ({ call }) =>
    call('PATCH', `${acme}/roles/${kept.get('role')}`, { body: { organizationScopes: ['team:list'] } }),
  'custom-role-deleted': ({ call }) => call('DELETE', `${acme}/roles/${kept.get('role')}`),
  'team-created': ({ call }) =>
    call('POST', `${acme}/teams/pulumi`, { body: { name: 'ops', displayName: 'Ops', description: '' } }),
  'team-updated': ({ call }) =>
    call('PATCH', `${acme}/teams/ops`, { body: { newDescription: 'Operations' } }),
  'member-added': async ({ call }) => {
    const carol = await addPerson('carol')
    await acceptInvitation(carol.actor, { secret: (await invited(call, carol.email)).secret })
  },
  'member-role-changed': ({ call }) =>
    call('PATCH', `${acme}/members/carol`, { body: { role: 'billing-manager' } }),
  'member-removed': ({ call }) => call('DELETE', `${acme}/members/carol`),
  'organization-invite-sent': ({ call }) => invited(call, 'dave@example.com'),
  'organization-invite-accepted': async ({ call }) => {
    const erin = await addPerson('erin')
    await acceptInvitation(erin.actor, { secret: (await invited(call, erin.email)).secret })
  },
  'organization-invite-canceled': async ({ call }) =>
    call('DELETE', `${acme}/invites/${(await invited(call, 'frank@example.com')).id}`),
  'organization-settings-changed': ({ call }) =>
    call('PATCH', acme, { body: { setDefaultEnvironmentPermission: 'open' } }),
  'organization-token-created': ({ call }) =>
    keep(
      'token',
      idOf(call('POST', `${acme}/tokens`, { body: { name: 'ci', description: '', expires: soon() } })),
    ),
  'organization-token-deleted': ({ call }) => call('DELETE', `${acme}/tokens/${kept.get('token')}`),
  'team-token-created': ({ call }) =>
    keep(
      'team token',
      idOf(
        call('POST', `${acme}/teams/ops/tokens`, {
          body: { name: 'team-ci', description: '', expires: soon() },
        }),
      ),
    ),
  'team-token-deleted': ({ call }) => call('DELETE', `${acme}/teams/ops/tokens/${kept.get('team token')}`),
  'oidc-issuer-registered': ({ call, ci }) =>
    keep('issuer', idOf(call('POST', `${acme}/oidc/issuers`, { body: { name: 'ci', url: ci.issuer } }))),
  'oidc-issuer-updated': ({ call }) =>
    call('PATCH', `${acme}/oidc/issuers/${kept.get('issuer')}`, { body: { name: 'builds' } }),
  'authorization-policy-updated': ({ call }) =>
    call('PATCH', `${acme}/auth/policies/${kept.get('issuer')}`, { body: { policies } }),
  'organization-token-created-for-oidc-issuer': ({ ci }) => trade(ci, 'organization'),
  'team-token-created-for-oidc-issuer': ({ ci }) => trade(ci, 'team', { scope: 'team:ops' }),
  'personal-token-created-for-oidc-issuer': ({ ci }) => trade(ci, 'personal', { scope: 'user:bob' }),
  'oidc-issuer-validation-failed': ({ ci }) => trade(ci, 'organization', {}, 'repo:other/web'),
  'oidc-issuer-deleted': ({ call }) => call('DELETE', `${acme}/oidc/issuers/${kept.get('issuer')}`),
  'team-deleted': ({ call }) => call('DELETE', `${acme}/teams/ops`),
  'user-login': ({ bob }) => signIn({ login: bob.login, password, userAgent: '', ...origin }),
  'user-login-failed': ({ bob }) =>
    signIn({ login: bob.login, password: 'wrong', userAgent: '', ...origin }).catch(() => undefined),
}

const cron = (scheduleCron: string) => ({ scheduleCron, secretRotationRequest: { environmentPath: '' } })
const soon = () => Math.floor(Date.now() / 1000) + 86_400

async function invited(call: Client, email: string): Promise<{ id: string; secret: string }> {
  const { json } = await call('POST', `${acme}/invites/batch`, {
    body: { invites: [{ email, role: 'member' }] },
  })
  const [made] = (json as { invites: { invite: { id: string }; link: string }[] }).invites
  return { id: made?.invite.id ?? '', secret: made?.link.split('/').at(-1) ?? '' }
}

const count = (event: string) => database().auditEvent.count({ where: { event } })

/** Everything that actions need beside the API. */
async function furnish(scene: Partial<Scene>): Promise<() => Promise<void>> {
  const temporary = await temporaryDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'openesc-stacks-'))
  const stacks = join(folder, 'acme', '.pulumi', 'stacks', 'shop')
  await mkdir(stacks, { recursive: true })
  const latest = { resources: [{ urn: 'urn:1', type: 'pulumi:pulumi:Stack', outputs: { url: 'x' } }] }
  await writeFile(join(stacks, 'prod.json'), JSON.stringify({ version: 3, checkpoint: { latest } }))
  process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.0/8'
  process.env.OPENESC_STACK_STATE_DIR = folder
  const ci = await startTestIssuer()
  scene.ci = ci
  return async () => {
    await ci.stop()
    await temporary.close()
    await rm(folder, { recursive: true })
  }
}

describe('the audit log', () => {
  const scene: Partial<Scene> = {}
  let remove = async () => {}
  beforeAll(async () => {
    remove = await furnish(scene)
  })
  afterAll(() => remove())

  describe('of an organization that lives', () => story(scene))
})

function story(scene: Partial<Scene>): void {
  const api = listeningApi()
  beforeAll(async () => {
    const bob = await addPerson('bob', { password })
    await addMember(api.organization, bob, 'member')
    const { actor } = api.admin
    await changeSettings(actor, { organization: 'acme', defaultPermission: 'read', identityTokens: true })
    Object.assign(scene, { bob, reader: await api.as(bob), call: api.call })
  })

  it.each(Object.keys(steps))('%s is written by what it tells of', async (event) => {
    const before = await count(event)
    await steps[event]?.(scene as Scene)
    expect(await count(event)).toBe(before + 1)
  })

  it('says why it lacks the others', () => {
    expect(Object.keys(impossible).filter((event) => event in steps)).toEqual([])
  })

  it('holds no secret in any of them', async () => {
    const rows = JSON.stringify(await database().auditEvent.findMany())
    expect(rows).toContain('environment-read-open')
    expect(rows).not.toContain(canary)
    expect(rows).not.toContain(password)
  })

  it('records once what repeats, and each refusal of another kind; a stranger leaves no trace', async () => {
    const [reads, refusals] = [await count('environment-read'), await count('auth-failure-environment')]
    for (let n = 0; n < 5; n++) await (scene.reader as Client)('GET', one)
    const reader = scene.reader as Client
    for (let n = 0; n < 3; n++) await reader('PATCH', one, { body: 'values: {}\n' })
    await reader('DELETE', one)
    expect(await count('environment-read')).toBe(reads + 1)
    expect(await count('auth-failure-environment')).toBe(refusals + 1)
    const stranger = await api.as(await addPerson('stranger'))
    await stranger('PATCH', one, { body: 'values: {}\n' })
    expect(await count('auth-failure-environment')).toBe(refusals + 1)
  })
}
