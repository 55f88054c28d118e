/** One organization with one of everything that an operation can name. */
import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import type { Actor } from '@/lib/access/actor'
import { createDraft } from '@/lib/approvals/drafts'
import { createGate, type GateFields } from '@/lib/approvals/gates'
import { database, withTransaction } from '@/lib/db'
import { createEnvironment } from '@/lib/environments/create'
import { deleteEnvironment } from '@/lib/environments/delete'
import { listDeleted } from '@/lib/environments/deleted'
import { createEnvironmentTag } from '@/lib/environments/environment-tags'
import { readEnvironment } from '@/lib/environments/read'
import { createRevisionTag } from '@/lib/environments/revision-tags'
import { saveEnvironment } from '@/lib/environments/save'
import { encryptValues } from '@/lib/environments/values'
import { setGrant } from '@/lib/organizations/environment-access'
import { invite } from '@/lib/organizations/invitations'
import { registerIssuer } from '@/lib/organizations/issuers'
import { createPermissionSet } from '@/lib/organizations/permission-sets'
import { createRole } from '@/lib/organizations/roles'
import { createOrganizationToken, createTeamToken } from '@/lib/organizations/shared-tokens'
import { addTeamRole, changeTeamMember, createTeam } from '@/lib/organizations/teams'
import { createSchedule } from '@/lib/rotation/schedules'
import { rotationStepPlace, seal } from '@/lib/secrets'
import type { WebhookFormat } from '@/lib/webhooks/rules'
import { createWebhook, type WebhookFields } from '@/lib/webhooks/webhooks'
import {
  addMember,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '../../support/installation'

export const definition = 'values:\n  plain: 1\n  password:\n    fn::secret: hunter2\n'

/** What requests name. Names are the same in every organization, ids are not. */
export interface Furnished {
  name: string
  environmentId: string
  /** Login of a member on whom nothing else depends. */
  mate: string
  role: string
  spareRole: string
  set: string
  spareSet: string
  issuer: string
  invitation: string
  teamToken: string
  organizationToken: string
  delivery: string
  /** Of the organization's own webhook. */
  organizationDelivery: string
  schedule: string
  /** A step of a rotation whose call is gone. */
  leftover: string
  draft: string
  /** Switched off, so that it stands in nobody's way. */
  gate: string
  /** The mate's wish to open, which waits for approval. */
  openRequest: string
  ciphertext: string
  deletedAt: string
  etag: string
  /** A tag of the environment, one of its second revision, a webhook: the same in every organization. */
  tag: string
  revisionTag: string
  hook: string
  version: string
  /** A revision that may be retracted. */
  earlier: string
}

const named = { tag: 'env', revisionTag: 'stable', hook: 'hook', version: '2', earlier: '1' }

export interface Furnishing {
  organization: TestOrganization
  admin: TestPerson
  furnished: Furnished
  secrets: { teamToken: string; organizationToken: string; invitation: string }
}

/** The environment that requests are about is `shop/prod`, the team `ops`, the webhooks `hook`, the tags `stable` and `env`. */
export async function furnish(name: string, admin: TestPerson): Promise<Furnishing> {
  const organization = await addOrganization(name, { admin, defaultPermission: 'none' })
  const mate = await addPerson(`mate-of-${name}`)
  await addMember(organization, mate, 'member')
  const environment = await furnishEnvironment(admin.actor, mate, organization)
  const organizationDelivery = await furnishWebhook(admin.actor, organization)
  const people = await furnishPeople(admin.actor, { organization: name, mate: mate.login })
  const tokens = await furnishTokens(admin.actor, name)
  return {
    organization,
    admin,
    furnished: {
      name,
      ...named,
      mate: mate.login,
      ...environment,
      organizationDelivery,
      ...people.ids,
      ...tokens.ids,
    },
    secrets: { ...tokens.secrets, invitation: people.invitationSecret },
  }
}

async function furnishEnvironment(
  actor: Actor,
  mate: TestPerson,
  { name: organization, id: organizationId }: TestOrganization,
) {
  const at = { organization, project: 'shop', name: 'prod' }
  const { id: environmentId } = await createEnvironment(actor, at)
  await saveEnvironment(actor, { ...at, definition })
  await createRevisionTag(actor, { ...at, tag: 'stable', revision: 2 })
  await createEnvironmentTag(actor, { ...at, tag: 'env', value: 'prod' })
  await createWebhook(actor, { ...at, ...hook, webhook: 'hook' })
  const webhook = await database().webhook.findFirstOrThrow({ where: { environmentId } })
  const delivery = await database().webhookDelivery.create({
    data: { organizationId, webhookId: webhook.id, ...delivered },
  })
  const schedule = await createSchedule(actor, { ...at, cron: '0 3 * * *' })
  const leftover = await leftoverOf({ organizationId, environmentId })
  const draft = await createDraft(actor, { ...at, definition: 'values:\n  plain: 2\n' })
  const gate = await createGate(actor, { ...at, ...switchedOff })
  const openRequest = await wishOf(mate, { organizationId, environmentId })
  const gone = { ...at, name: 'gone' }
  await createEnvironment(actor, gone)
  await deleteEnvironment(actor, gone)
  const [deleted] = await listDeleted(actor, { organization })
  const [ciphertext = ''] = await encryptValues(actor, { ...at, plaintexts: ['hunter2'] })
  const { etag } = await readEnvironment(actor, at)
  return {
    environmentId,
    delivery: delivery.id,
    schedule: schedule.id,
    leftover,
    draft: draft.id,
    gate: gate.id,
    openRequest,
    ciphertext,
    etag,
    deletedAt: deleted?.deletedAt ?? '',
  }
}

async function leftoverOf(at: { organizationId: string; environmentId: string }): Promise<string> {
  const id = randomUUID()
  const step = Buffer.from(JSON.stringify({ basis: '', plan: { password: 'made' } }))
  await withTransaction(async (tx) => {
    const sealed = await seal(tx, rotationStepPlace(at.organizationId, id), step)
    const data = { id, ...at, path: 'values.gone', rotator: 'password', sealed, orphanedAt: new Date() }
    await tx.rotationStep.create({ data })
  })
  return id
}

/** The organization's own webhook is called `hook`, too. @returns a delivery of it */
async function furnishWebhook(actor: Actor, { name: organization, id: organizationId }: TestOrganization) {
  await createWebhook(actor, { organization, ...hook, webhook: 'hook' })
  const where = { organizationId, environmentId: null }
  const { id: webhookId } = await database().webhook.findFirstOrThrow({ where })
  const { id } = await database().webhookDelivery.create({
    data: { organizationId, webhookId, ...delivered },
  })
  return id
}

const switchedOff: GateFields = {
  title: 'Off',
  enabled: false,
  actions: ['update'],
  approvalsRequired: 1,
  allowSelfApproval: false,
  reapproveOnChange: true,
  approvers: [{ kind: 'permission', scope: 'environment:write' }],
  bypassers: [],
}

/** The mate may open by the team, so asking in earnest would be refused. */
async function wishOf(mate: TestPerson, place: { organizationId: string; environmentId: string }) {
  const made = { createdById: mate.id, createdByLogin: mate.login }
  const times = { grantExpirationSeconds: 60, accessDurationSeconds: 60 }
  const version = { organizationId: place.organizationId, number: 1, definition: '', ...times, ...made }
  const wish = await database().changeRequest.create({
    data: {
      ...place,
      action: 'open',
      status: 'ready',
      baseRevision: 1,
      ...made,
      createdByName: mate.login,
      revisions: { create: version },
    },
  })
  return wish.id
}

async function furnishPeople(actor: Actor, { organization, mate }: { organization: string; mate: string }) {
  const content = { organization, organizationScopes: [], rules: [] }
  const role = await createRole(actor, { ...content, name: 'auditor' })
  const spareRole = await createRole(actor, { ...content, name: 'spare' })
  const scopes = ['environment:list']
  const set = await createPermissionSet(actor, { organization, name: 'lister', scopes })
  const spareSet = await createPermissionSet(actor, { organization, name: 'spare', scopes })
  await createTeam(actor, { organization, name: 'ops' })
  const team = { organization, team: 'ops' }
  await changeTeamMember(actor, { ...team, login: mate, action: 'add' })
  await addTeamRole(actor, { ...team, roleId: role.id })
  await setGrant(actor, { ...team, project: 'shop', name: 'prod', level: 'open' })
  const email = `invited-to-${organization}@example.com`
  const { invitation, link } = await invite(actor, { organization, email, role: 'member' })
  return {
    ids: {
      role: role.id,
      spareRole: spareRole.id,
      set: set.id,
      spareSet: spareSet.id,
      invitation: invitation.id,
    },
    invitationSecret: link.split('/').at(-1) ?? '',
  }
}

async function furnishTokens(actor: Actor, organization: string) {
  const team = await createTeamToken(actor, { organization, team: 'ops', name: 'team-token' })
  const whole = await createOrganizationToken(actor, { organization, name: 'whole-token', role: 'member' })
  const { publicKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'key' }] }
  const url = `https://issuer-of-${organization}.example.com`
  const issuer = await registerIssuer(actor, { organization, name: 'ci', url, jwks })
  return {
    ids: { issuer: issuer.id, teamToken: team.id, organizationToken: whole.id },
    secrets: { teamToken: team.tokenValue, organizationToken: whole.tokenValue },
  }
}

export const hook: WebhookFields & { format: WebhookFormat; secret: string } = {
  displayName: 'Hook',
  payloadUrl: 'https://hooks.example.com/x',
  format: 'raw',
  filters: [],
  groups: [],
  active: true,
  secret: '',
}

const delivered = {
  kind: 'environment-updated',
  durationMs: 1,
  payload: '{}',
  requestUrl: 'https://hooks.example.com/x',
  requestHeaders: '{}',
  responseCode: 200,
  responseHeaders: '{}',
  responseBody: '',
}
