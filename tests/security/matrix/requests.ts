/**
 * What each operation is called with: requests that do what they ask for when they are allowed. Whatever an organization
 * has is named through {@link Furnished}, so that the same request can be made with the ids of another organization.
 */
import type { Furnished } from './furnished'
import { definition, hook } from './furnished'
import type { Call } from './operations'
import type { Owned } from './world'

export interface Named extends Furnished {
  own: Owned
}

type Request = (it: Named) => Partial<Call>

const withId =
  (id: (it: Named) => string): Request =>
  (it) => ({ params: { id: id(it) } })
const withBody =
  (body: unknown): Request =>
  () => ({ body })
const cron = { scheduleCron: '0 4 * * *' }
const yaml = 'values:\n  plain: 3\n'

const environment = '/api/esc/environments/:organization/:project/:name'
const environments = '/api/esc/environments/:organization'
const organization = '/api/orgs/:organization'
const changes = '/api/change-requests/:organization'
const gates = '/api/change-gates/:organization'

const ofEnvironments: Record<string, Request> = {
  [`POST ${environments}`]: withBody({ project: 'shop', name: 'new' }),
  [`PATCH ${environment}`]: withBody(yaml),
  [`POST ${environment}/clone`]: withBody({ name: 'copy', preserveHistory: true, preserveAccess: true }),
  [`PUT ${environments}/restore`]: ({ deletedAt }) => ({
    body: { project: 'shop', name: 'gone', deletionTimestamp: deletedAt },
  }),
  [`PATCH ${environment}/settings`]: withBody({ deletionProtected: true }),
  [`POST ${environment}/ownership`]: ({ mate }) => ({ body: { githubLogin: mate } }),
  [`POST ${environment}/tags`]: withBody({ name: 'new', value: 'x' }),
  [`PATCH ${environment}/tags/:tag`]: withBody({ newTag: { name: 'env', value: 'dev' } }),
  [`POST ${environment}/versions/:version/retract`]: () => ({
    params: { version: '1' },
    body: { reason: 'old', replacement: 2 },
  }),
  [`POST ${environment}/versions/tags`]: withBody({ name: 'new', revision: 1 }),
  [`PATCH ${environment}/versions/tags/:tag`]: ({ revisionTag }) => ({
    params: { tag: revisionTag },
    body: { revision: 1 },
  }),
  [`GET ${environment}/versions/tags/:tag`]: ({ revisionTag }) => ({ params: { tag: revisionTag } }),
  [`DELETE ${environment}/versions/tags/:tag`]: ({ revisionTag }) => ({ params: { tag: revisionTag } }),
  [`POST ${environment}/encrypt-secrets`]: withBody({ plaintexts: ['x'] }),
  [`POST ${environment}/decrypt-secrets`]: ({ ciphertext }) => ({ body: { ciphertexts: [ciphertext] } }),
  [`POST ${environments}/yaml/check`]: withBody(definition),
  [`POST ${environments}/yaml/open`]: withBody('values: {}\n'),
  [`GET ${environments}/yaml/open/:id`]: withId(({ own }) => own.unsavedSession),
  [`GET ${environment}/open/:id`]: withId(({ own }) => own.openSession),
  [`DELETE ${environment}/open/:id`]: withId(({ own }) => own.openSession),
  [`GET ${environment}/open//:id`]: withId(({ own }) => own.openSession),
  [`DELETE ${environment}/open//:id`]: withId(({ own }) => own.openSession),
}

const wireGate = {
  name: 'New',
  enabled: false,
  rule: {
    ruleType: 'approval_required',
    numApprovalsRequired: 1,
    eligibleApprovers: [{ eligibilityType: 'has_permission_on_target', permission: 'environment:write' }],
  },
  target: { entityType: 'environment', qualifiedName: 'shop/prod', actionTypes: ['update'] },
}

const ofChanges: Record<string, Request> = {
  [`POST ${environment}/drafts`]: withBody(yaml),
  [`PATCH ${environment}/drafts/:id`]: ({ draft }) => ({ params: { id: draft }, body: yaml }),
  [`GET ${environment}/drafts/:id`]: withId(({ draft }) => draft),
  [`POST ${environment}/drafts/:id/open`]: withId(({ draft }) => draft),
  [`GET ${changes}/:id`]: withId(({ draft }) => draft),
  [`PATCH ${changes}/:id`]: ({ draft }) => ({ params: { id: draft }, body: { description: 'better' } }),
  [`POST ${changes}/:id/submit`]: ({ draft }) => ({ params: { id: draft }, body: {} }),
  [`POST ${changes}/:id/close`]: withId(({ draft }) => draft),
  [`POST ${changes}/:id/approve`]: ({ openRequest }) => ({
    params: { id: openRequest },
    body: { revisionNumber: 1 },
  }),
  [`DELETE ${changes}/:id/approve`]: withId(({ openRequest }) => openRequest),
  [`POST ${changes}/:id/apply`]: withId(({ draft }) => draft),
  [`POST ${changes}/:id/comments`]: ({ draft }) => ({ params: { id: draft }, body: { comment: 'x' } }),
  [`GET ${changes}/:id/events`]: withId(({ draft }) => draft),
  [`POST ${gates}`]: withBody(wireGate),
  [`GET ${gates}/:id`]: withId(({ gate }) => gate),
  [`PUT ${gates}/:id`]: ({ gate }) => ({ params: { id: gate }, body: wireGate }),
  [`DELETE ${gates}/:id`]: withId(({ gate }) => gate),
  [`POST ${environment}/open/request`]: withBody({}),
  [`GET ${environment}/open/request/:id`]: withId(({ openRequest }) => openRequest),
  [`PUT ${environment}/open/request/:id`]: ({ openRequest }) => ({ params: { id: openRequest }, body: {} }),
}

const ofRotationAndWebhooks: Record<string, Request> = {
  [`POST ${environment}/rotate`]: withBody({}),
  [`POST ${environment}/rotate/leftovers/:id/read`]: withId(({ leftover }) => leftover),
  [`DELETE ${environment}/rotate/leftovers/:id`]: withId(({ leftover }) => leftover),
  [`POST ${environment}/schedules`]: withBody(cron),
  [`GET ${environment}/schedules/:id`]: withId(({ schedule }) => schedule),
  [`PATCH ${environment}/schedules/:id`]: ({ schedule }) => ({ params: { id: schedule }, body: cron }),
  [`DELETE ${environment}/schedules/:id`]: withId(({ schedule }) => schedule),
  [`GET ${environment}/schedules/:id/history`]: withId(({ schedule }) => schedule),
  [`POST ${environment}/schedules/:id/pause`]: withId(({ schedule }) => schedule),
  [`POST ${environment}/schedules/:id/resume`]: withId(({ schedule }) => schedule),
  [`POST ${environment}/hooks`]: withBody({ ...hook, name: 'new' }),
  [`PATCH ${environment}/hooks/:hook`]: withBody(hook),
  [`POST ${environment}/hooks/:hook/deliveries/:delivery/redeliver`]: ({ delivery }) => ({
    params: { delivery },
  }),
}

const ofOrganizations: Record<string, Request> = {
  'POST /api/user/tokens': withBody({ description: 'new' }),
  'DELETE /api/user/tokens/:id': withId(({ own }) => own.accessToken),
  'POST /api/cli-login/token': withBody({ code: 'x', codeVerifier: 'y' }),
  [`PATCH ${organization}`]: withBody({ setDisplayName: 'New' }),
  [`PATCH ${organization}/members/:login`]: ({ mate }) => ({
    params: { login: mate },
    body: { role: 'billing-manager' },
  }),
  [`POST ${organization}/members/:login`]: ({ mate }) => ({
    params: { login: mate },
    body: { role: 'billing-manager' },
  }),
  [`POST ${organization}/members/:login/set-admin`]: ({ mate }) => ({ params: { login: mate } }),
  [`GET ${organization}/members/:login/teams`]: ({ mate }) => ({ params: { login: mate } }),
  [`DELETE ${organization}/members/:login`]: ({ mate }) => ({ params: { login: mate } }),
  [`POST ${organization}/invites/batch`]: withBody({
    invites: [{ email: 'new@example.com', role: 'member' }],
  }),
  [`POST ${organization}/invites/link`]: withBody({ role: 'member' }),
  [`GET ${organization}/invites/:id`]: withId(({ invitation }) => invitation),
  [`POST ${organization}/invites/:id/resend`]: withId(({ invitation }) => invitation),
  [`PATCH ${organization}/invites/:id`]: withId(({ invitation }) => invitation),
  [`DELETE ${organization}/invites/:id`]: withId(({ invitation }) => invitation),
  [`PATCH ${organization}/teams/:team`]: withBody({ newDescription: 'New' }),
  [`POST ${organization}/teams/pulumi`]: withBody({ name: 'new' }),
  [`POST ${organization}/teams/:team/roles/:id`]: withId(({ spareRole }) => spareRole),
  [`DELETE ${organization}/teams/:team/roles/:id`]: withId(({ role }) => role),
  [`POST ${organization}/teams/:team/tokens`]: withBody({ name: 'new' }),
  [`DELETE ${organization}/teams/:team/tokens/:id`]: withId(({ teamToken }) => teamToken),
  [`POST ${organization}/tokens`]: withBody({ name: 'new' }),
  [`DELETE ${organization}/tokens/:id`]: withId(({ organizationToken }) => organizationToken),
  [`GET ${organization}/roles/:id`]: withId(({ role }) => role),
  [`GET ${organization}/roles/:id/teams`]: withId(({ role }) => role),
  [`GET ${organization}/roles/:id/tokens`]: withId(({ role }) => role),
  [`GET ${organization}/roles/:id/users`]: withId(({ role }) => role),
  [`POST ${organization}/roles`]: withBody({ name: 'new' }),
  [`PATCH ${organization}/roles/:id`]: ({ spareRole }) => ({
    params: { id: spareRole },
    body: { name: 'new' },
  }),
  [`DELETE ${organization}/roles/:id`]: withId(({ spareRole }) => spareRole),
  [`POST ${organization}/oidc/issuers`]: withBody({
    name: 'new',
    url: 'https://new.example.com',
    jwks: {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          kid: 'a',
          alg: 'EdDSA',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
        },
      ],
    },
  }),
  [`GET ${organization}/oidc/issuers/:id`]: withId(({ issuer }) => issuer),
  [`PATCH ${organization}/oidc/issuers/:id`]: ({ issuer }) => ({
    params: { id: issuer },
    body: { name: 'ci' },
  }),
  [`POST ${organization}/oidc/issuers/:id/regenerate-thumbprints`]: withId(({ issuer }) => issuer),
  [`DELETE ${organization}/oidc/issuers/:id`]: withId(({ issuer }) => issuer),
  [`GET ${organization}/auth/policies/oidcissuers/:id`]: withId(({ issuer }) => issuer),
  [`PATCH ${organization}/auth/policies/:id`]: ({ issuer }) => ({
    params: { id: issuer },
    body: { policies: [{ decision: 'deny', tokenType: 'organization', rules: { sub: 'x' } }] },
  }),
  [`POST ${organization}/hooks`]: withBody({ ...hook, name: 'new' }),
  [`PATCH ${organization}/hooks/:hook`]: withBody(hook),
  [`POST ${organization}/hooks/:hook/deliveries/:delivery/redeliver`]: ({ organizationDelivery }) => ({
    params: { delivery: organizationDelivery },
  }),
  [`GET ${organization}/auditlogs`]: () => ({ query: { startTime: '4000000000' } }),
}

const at = ({ name }: Named) => ({ organization: name, project: 'shop', name: 'prod' })
const input = (body: (it: Named) => object) => (it: Named) => ({
  body: { organization: it.name, ...body(it) },
})
const about = (body: (it: Named) => object) => (it: Named) => ({ body: { ...at(it), ...body(it) } })
const nothing = () => ({})
const page = '[org]/environments/[project]/[env]'

const ofPages: Record<string, Request> = {
  [`POST ${page}/check`]: (it) => ({ params: pathOf(it), body: { definition: yaml } }),
  [`POST ${page}/open`]: (it) => ({ params: pathOf(it), body: {} }),
  [`DELETE ${page}/open`]: (it) => ({ params: pathOf(it), body: { id: it.own.openSession } }),
  'GET [org]/find': (it) => ({ params: pathOf(it), query: { q: 'prod' } }),
  'GET [org]/audit/export': (it) => ({ params: pathOf(it) }),
  [`${page}#save`]: about(({ etag }) => ({ definition: yaml, etag })),
  [`${page}#readLatest`]: about(nothing),
  [`${page}/secret-actions.ts#decrypt`]: about(({ ciphertext }) => ({ ciphertext })),
  [`${page}/secret-actions.ts#reseal`]: about(({ ciphertext }) => ({ ciphertext })),
  [`${page}/secret-actions.ts#newest`]: input(() => ({ names: ['shop/prod'] })),
  [`${page}/access#give`]: about(({ mate }) => ({ holder: { login: mate }, level: 'read' })),
  [`${page}/access#take`]: about(() => ({ holder: { team: 'ops' } })),
  [`${page}/access#ask`]: about(({ mate }) => ({ subject: { login: mate } })),
  [`${page}/settings#protect`]: about(() => ({ deletionProtected: true })),
  [`${page}/settings#addTag`]: about(() => ({ tag: 'new', value: 'x' })),
  [`${page}/settings#removeTag`]: about(({ tag }) => ({ tag })),
  [`${page}/settings#clone`]: about(() => ({
    to: { project: 'shop', name: 'copy' },
    preserveHistory: true,
    preserveAccess: true,
    preserveEnvironmentTags: true,
    preserveRevisionTags: true,
  })),
  [`${page}/settings#remove`]: about(nothing),
  [`${page}/versions#tag`]: about(({ revisionTag }) => ({ tag: revisionTag, revision: 1 })),
  [`${page}/versions#removeTag`]: about(({ revisionTag }) => ({ tag: revisionTag })),
  [`${page}/versions#retract`]: about(() => ({ revision: 1, replacement: 2, reason: 'old' })),
  [`${page}/versions#rollBack`]: about(({ etag }) => ({ revision: 1, etag })),
  '[org]/environments/create#createEmpty': input(() => ({ project: 'shop', name: 'new' })),
  '[org]/environments/create#createDefined': input(() => ({
    environments: [{ project: 'shop', name: 'new', definition: yaml }],
  })),
  '[org]/environments/deleted#restore': input(({ deletedAt }) => ({
    project: 'shop',
    name: 'gone',
    deletedAt,
  })),
}

const gateFields = {
  title: 'New',
  enabled: false,
  actions: ['update'],
  approvalsRequired: 1,
  allowSelfApproval: false,
  reapproveOnChange: true,
  approvers: [{ kind: 'permission', scope: 'environment:write' }],
  bypassers: [],
}
const times = { grantExpirationSeconds: 60, accessDurationSeconds: 60 }

const ofApprovalPages: Record<string, Request> = {
  [`${page}/settings/gates#saveGate`]: about(({ gate }) => ({ ...gateFields, id: gate })),
  [`${page}/settings/gates#removeGate`]: input(({ gate }) => ({ id: gate })),
  '[org]/approvals#propose': about(({ etag }) => ({ definition: yaml, etag, description: '' })),
  '[org]/approvals#saveVersion': about(({ draft }) => ({ id: draft, definition: yaml, etag: '' })),
  '[org]/approvals#submit': input(({ draft }) => ({ id: draft })),
  '[org]/approvals#approve': input(({ openRequest }) => ({ id: openRequest, revision: 1, comment: '' })),
  '[org]/approvals#unapprove': input(({ openRequest }) => ({ id: openRequest })),
  '[org]/approvals#apply': input(({ draft }) => ({ id: draft })),
  '[org]/approvals#close': input(({ draft }) => ({ id: draft, comment: '' })),
  '[org]/approvals#comment': input(({ draft }) => ({ id: draft, comment: 'x' })),
  '[org]/approvals#requestAccess': about(() => ({ description: '', ...times })),
}

const newHook = {
  displayName: 'New',
  payloadUrl: 'https://unreachable.invalid',
  format: 'raw',
  filters: [],
  groups: [],
  active: true,
  secret: '',
  removeSecret: false,
}

const ofAutomationPages: Record<string, Request> = {
  [`POST ${page}/rotation/run`]: (it) => ({ params: pathOf(it), body: { paths: [] } }),
  [`${page}/rotation#addSchedule`]: about(() => ({ path: 'other', cron: '0 5 * * *' })),
  [`${page}/rotation#pause`]: about(({ schedule }) => ({ id: schedule, paused: true })),
  [`${page}/rotation#removeSchedule`]: about(({ schedule }) => ({ id: schedule })),
  [`${page}/rotation#letGo`]: about(({ leftover }) => ({ id: leftover })),
  [`${page}/rotation/secret-actions.ts#disclose`]: about(({ leftover }) => ({ id: leftover })),
  '[org]/settings/webhooks#saveWebhook': input(() => newHook),
  '[org]/settings/webhooks#removeWebhook': input(() => ({ webhook: 'hook' })),
  '[org]/settings/webhooks#ping': input(() => ({ webhook: 'hook' })),
  '[org]/settings/webhooks#sendAgain': input(({ organizationDelivery }) => ({
    webhook: 'hook',
    delivery: organizationDelivery,
  })),
  [`${page}/webhooks#saveWebhook`]: about(() => newHook),
  [`${page}/webhooks#removeWebhook`]: about(() => ({ webhook: 'hook' })),
  [`${page}/webhooks#ping`]: about(() => ({ webhook: 'hook' })),
  [`${page}/webhooks#sendAgain`]: about(({ delivery }) => ({ webhook: 'hook', delivery })),
}

const role = { name: 'new', description: '', organizationScopes: [], rules: [] }
const set = { name: 'new', description: '', scopes: ['environment:list'] }
const wanted = { tokenType: 'organization', admin: false }

const ofAccessPages: Record<string, Request> = {
  '[org]/access/issuers#register': input(() => ({ name: 'new', url: 'https://unreachable.invalid' })),
  '[org]/access/issuers#remove': input(({ issuer }) => ({ id: issuer })),
  '[org]/access/issuers#savePolicies': input(({ issuer }) => ({ id: issuer, policies: '[]', version: 1 })),
  '[org]/access/issuers#test': input(({ issuer }) => ({ id: issuer, token: 'x', wanted })),
  '[org]/access/members#changeRole': input(({ mate }) => ({
    login: mate,
    choice: { role: 'billing_manager' },
  })),
  '[org]/access/members#remove': input(({ mate }) => ({ login: mate })),
  '[org]/access/members#sendInvitation': input(() => ({
    email: 'new@example.com',
    choice: { role: 'member' },
    teams: [],
  })),
  '[org]/access/members#revokeInvitation': input(({ invitation }) => ({ id: invitation })),
  '[org]/access/roles#saveRole': input(({ spareRole }) => ({ ...role, id: spareRole })),
  '[org]/access/roles#removeRole': input(({ spareRole }) => ({ id: spareRole })),
  '[org]/access/roles#saveSet': input(({ spareSet }) => ({ ...set, id: spareSet })),
  '[org]/access/roles#removeSet': input(({ spareSet }) => ({ id: spareSet })),
  '[org]/access/teams#create': input(() => ({ name: 'new', displayName: '', description: '' })),
  '[org]/access/teams#changeMember': input(({ mate }) => ({ team: 'ops', login: mate, action: 'promote' })),
  '[org]/access/teams#giveRole': input(({ spareRole }) => ({ team: 'ops', roleId: spareRole })),
  '[org]/access/teams#takeRole': input(({ role }) => ({ team: 'ops', roleId: role })),
  '[org]/access/teams#setGroups': input(() => ({
    team: 'ops',
    groups: [{ issuer: 'https://login.example.com', group: 'sre' }],
  })),
  '[org]/access/teams#remove': input(() => ({ team: 'ops' })),
  '[org]/access/tokens#create': input(() => ({ name: 'new', days: 1, owner: { role: 'member' } })),
  '[org]/access/tokens#revoke': input(({ organizationToken }) => ({ id: organizationToken })),
  '[org]/audit#verify': input(nothing),
  '[org]/settings#save': input(() => ({
    displayName: 'New',
    defaultPermission: 'none',
    maxTokenLifetimeDays: null,
    identityTokens: false,
  })),
  '[org]/settings#rename': input(() => ({ name: 'renamed' })),
  '[org]/settings#create': withBody({ name: 'another', displayName: '' }),
  'account/tokens#create': withBody({ description: 'new', days: 1 }),
  'account/tokens#revoke': ({ own }) => ({ body: { id: own.accessToken } }),
  'account/security#change': withBody({ currentPassword: 'x', newPassword: 'a new password of mine' }),
  'account/security#revoke': ({ own }) => ({ body: { id: own.webSession } }),
  '(auth)/cli-login#allowCliLogin': withBody({
    cliSessionPort: '4000',
    cliSessionNonce: '0123456789abcdef',
    cliSessionDescription: 'cli',
  }),
  '(auth)/setup#createFirst': withBody({
    code: 'x',
    login: 'x',
    name: 'x',
    email: 'x@example.com',
    password: 'x',
    organization: 'x',
  }),
  '(auth)/invite/[token]#accept': withBody({ secret: 'x' }),
  '(auth)/invite/[token]#register': withBody({
    secret: 'x',
    login: 'x',
    name: 'x',
    email: 'x@example.com',
    password: 'x',
  }),
}

const requests: Record<string, Request> = {
  ...ofEnvironments,
  ...ofChanges,
  ...ofRotationAndWebhooks,
  ...ofOrganizations,
  ...ofPages,
  ...ofAccessPages,
  ...ofApprovalPages,
  ...ofAutomationPages,
}

function pathOf({ name }: Named) {
  return { org: name, project: 'shop', env: 'prod' }
}

/** Parts of paths that mean the same everywhere. */
function common(operation: string, { name, version, tag, hook }: Named): Record<string, string> {
  return {
    organization: name,
    project: 'shop',
    name: /\/(providers|rotators)\//.test(operation) ? 'aws-login' : 'prod',
    version,
    tag,
    team: 'ops',
    hook,
  }
}

export function requestFor(operation: string, it: Named): Call {
  const { params, ...rest } = requests[operation]?.(it) ?? {}
  return { ...rest, params: { ...common(operation, it), ...params } }
}
