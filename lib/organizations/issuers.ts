/** Issuers whose identity tokens an organization trades for access tokens, and their policies. */
import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { Actor } from '@/lib/access/actor'
import { requireCovering } from '@/lib/access/covering'
import { type OrganizationPermission, requireOrganization } from '@/lib/access/require'
import type { OrganizationScope } from '@/lib/access/scopes'
import { appendAudit } from '@/lib/audit'
import { config } from '@/lib/config'
import { database, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { OidcIssuer } from '@/lib/generated/prisma/client'
import { certificateThumbprint } from '@/lib/outgoing'
import { namesOrganization } from './exchange/audience'
import { discover, parseKeySet } from './exchange/issuer-keys'
import { issuerUrlProblem } from './exchange/issuer-url'
import type { Claims } from './exchange/patterns'
import {
  decide,
  type ExchangePolicy,
  type PolicyDecision,
  policiesSchema,
  policyWarnings,
  type Wanted,
} from './exchange/policies'
import { giftsOfChoice } from './members'
import { key } from './names'
import { giftsOfTeamToken } from './team-gifts'
import { findTeam } from './teams'
import { requireTitle } from './titles'

export interface IssuerContent {
  name: string
  /** At most this many seconds lives what is traded; 25 hours unless given. */
  maxExpirationSeconds?: number
  /** SHA-256 of certificates, 64 hex digits. */
  thumbprints?: string[]
  /** A key set, for issuers that cannot be reached. */
  jwks?: unknown
}

export interface IssuerSummary {
  id: string
  name: string
  url: string
  maxExpirationSeconds: number
  thumbprints: string[]
  hasKeysByHand: boolean
  policies: ExchangePolicy[]
  policiesVersion: number
  warnings: string[]
  createdAt: string
  modifiedAt: string
  lastUsedAt?: string
}

interface InOrganization {
  organization: string
}

const longestExpirationSeconds = 25 * 3600

export async function listIssuers(actor: Actor, { organization }: InOrganization): Promise<IssuerSummary[]> {
  const permission = await requireOrganization(database(), actor, {
    organization,
    scope: 'oidc_issuers:read',
  })
  const rows = await database().oidcIssuer.findMany({
    where: { organizationId: permission.organization.id },
    orderBy: { nameKey: 'asc' },
  })
  return rows.map(summary)
}

/**
 * A new issuer has no policy, so nothing is traded yet. Unless keys are given by hand, its discovery document must be
 * reachable and name this very address.
 *
 * @throws Failure `invalid` with `details.field`, `conflict` for a name or address in use
 */
export async function registerIssuer(
  actor: Actor,
  input: InOrganization & IssuerContent & { url: string },
): Promise<IssuerSummary> {
  const data = contentOf(input)
  const allowHttp = config().allowPrivateTargets.length > 0
  const problem = issuerUrlProblem(input.url, { allowHttp })
  if (problem !== undefined) throw new Failure('invalid', problem, { field: 'url' })
  // Before the network is asked: strangers must not make us fetch.
  const { organization } = input
  await requireOrganization(database(), actor, { organization, scope: 'oidc_issuers:create' })
  if (input.jwks === undefined) await requireDiscovery(input.url, data.thumbprints)
  return changing(actor, input, {
    scope: 'oidc_issuers:create',
    event: 'oidc-issuer-registered',
    change: async (tx, { organization: { id: organizationId } }) => {
      await requireNoLookAlike(tx, organizationId, input.url)
      return tx.oidcIssuer.create({ data: { ...data, organizationId, url: input.url, policies: [] } })
    },
  })
}

/**
 * The address cannot change: policies were written for it. Whoever chooses the keys can sign whatever the policies allow,
 * so it takes having that.
 *
 * @throws Failure `invalid`, `conflict`, `not_found`, `forbidden` also for policies that give more than the actor has
 */
export async function updateIssuer(
  actor: Actor,
  input: InOrganization & { id: string } & IssuerContent,
): Promise<IssuerSummary> {
  const data = contentOf(input)
  return changing(actor, input, {
    scope: 'oidc_issuers:update',
    event: 'oidc-issuer-updated',
    change: async (tx, permission) => {
      const { id, policies } = await findIssuer(tx, permission.organization.id, input.id)
      for (const policy of policiesSchema.parse(policies)) {
        if (await hasSubject(tx, permission.organization.id, policy))
          await requireGivable(tx, permission, policy)
      }
      return tx.oidcIssuer.update({ where: { id }, data: { ...data, modifiedAt: new Date() } })
    },
  })
}

const handshakeMs = 10_000

/**
 * Trusts the certificate that the issuer's address shows now in place of those registered before: for a private authority
 * whose certificate was renewed. Whoever stands at that address now is believed, so the actor must be sure of the way.
 *
 * @throws Failure as {@link updateIssuer}; `invalid` when the address shows none
 */
export async function regenerateThumbprints(
  actor: Actor,
  { organization, id }: InOrganization & { id: string },
): Promise<IssuerSummary> {
  const question = { organization, scope: 'oidc_issuers:update' } as const
  const permission = await requireOrganization(database(), actor, question)
  const { name, url, maxExpirationSeconds } = await findIssuer(database(), permission.organization.id, id)
  const thumbprint = await certificateThumbprint({ url: new URL(url), timeoutMs: handshakeMs }).catch(
    (error: unknown) => {
      const why = error instanceof Error ? error.message : ''
      throw new Failure('invalid', `The issuer’s certificate cannot be read: ${why}`, { field: 'url' })
    },
  )
  return updateIssuer(actor, { organization, id, name, maxExpirationSeconds, thumbprints: [thumbprint] })
}

/** Everything that was traded for its tokens is refused from the next request on. */
export async function deleteIssuer(
  actor: Actor,
  { organization, id }: InOrganization & { id: string },
): Promise<void> {
  await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'oidc_issuers:delete' })
    const row = await findIssuer(tx, permission.organization.id, id)
    await tx.oidcIssuer.delete({ where: { id: row.id } })
    await record(tx, actor, row, 'oidc-issuer-deleted')
  })
}

/**
 * Replaces the policies.
 *
 * @param version the version that was read; absent = whatever is there
 * @throws Failure `conflict` when they changed meanwhile, `invalid`, `forbidden` for policies that would give more than
 *   the actor has
 */
export async function setPolicies(
  actor: Actor,
  input: InOrganization & { id: string; policies: unknown; version?: number },
): Promise<IssuerSummary> {
  const policies = parsePolicies(input.policies)
  return changing(actor, input, {
    scope: 'auth_policies:update',
    event: 'authorization-policy-updated',
    change: async (tx, permission) => {
      const row = await findIssuer(tx, permission.organization.id, input.id)
      for (const policy of policies) await requireGivable(tx, permission, policy)
      const [changed] = await tx.oidcIssuer.updateManyAndReturn({
        where: { id: row.id, policiesVersion: input.version ?? row.policiesVersion },
        data: { policies, policiesVersion: { increment: 1 }, modifiedAt: new Date() },
      })
      if (!changed) throw new Failure('conflict', 'Somebody changed the policies meanwhile.')
      return changed
    },
  })
}

/**
 * Which policy would decide, and why: for a pasted token (its signature is not checked) or its claims.
 *
 * @throws Failure `invalid` for what is neither
 */
export async function testPolicies(
  actor: Actor,
  input: InOrganization & { id: string; token?: string; claims?: Claims; wanted: Wanted },
): Promise<PolicyDecision> {
  const { organization, wanted } = input
  const permission = await requireOrganization(database(), actor, {
    organization,
    scope: 'auth_policies:read',
  })
  const row = await findIssuer(database(), permission.organization.id, input.id)
  const claims = input.claims ?? decode(input.token ?? '')
  const audienceIsOurs = namesOrganization(claims.aud, permission.organization.name)
  return decide(policiesSchema.parse(row.policies), { claims, wanted, audienceIsOurs })
}

/** An issuer of this organization. @throws Failure `not_found` */
export async function findIssuer(tx: Transaction, organizationId: string, id: string): Promise<OidcIssuer> {
  const row = await tx.oidcIssuer.findFirst({ where: { id, organizationId } })
  if (!row) throw new Failure('not_found', 'Not Found: issuer')
  return row
}

function decode(token: string): Claims {
  try {
    return decodeJwt(token)
  } catch {
    throw new Failure('invalid', 'This is no identity token.', { field: 'token' })
  }
}

function contentOf({ name, maxExpirationSeconds, thumbprints = [], jwks }: IssuerContent) {
  requireTitle(name, 'name')
  const seconds = maxExpirationSeconds ?? longestExpirationSeconds
  if (!(Number.isInteger(seconds) && seconds >= 60 && seconds <= longestExpirationSeconds)) {
    throw new Failure('invalid', 'Choose from a minute to 25 hours.', { field: 'maxExpirationSeconds' })
  }
  if (!thumbprints.every((thumbprint) => /^[0-9a-fA-F]{64}$/.test(thumbprint))) {
    throw new Failure('invalid', 'A thumbprint is a SHA-256: 64 hex digits.', { field: 'thumbprints' })
  }
  const keys = jwks === undefined ? undefined : parseKeySet(jwks)
  if (jwks !== undefined && !keys?.keys.length) {
    throw new Failure('invalid', 'This is no key set with keys for signing.', { field: 'jwks' })
  }
  return {
    name,
    nameKey: name.toLowerCase(),
    maxExpirationSeconds: seconds,
    thumbprints,
    ...(keys && { jwks: JSON.parse(JSON.stringify(keys)) }),
  }
}

async function requireDiscovery(url: string, thumbprints: string[]): Promise<void> {
  try {
    await discover({ url, thumbprints })
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    throw new Failure('invalid', `The issuer’s discovery document cannot be used: ${why}`, { field: 'url' })
  }
}

/** `https://ci.example` and `https://ci.example/` are different issuers to a token, and the same to a person. */
async function requireNoLookAlike(tx: Transaction, organizationId: string, url: string): Promise<void> {
  const bare = url.replace(/\/$/, '')
  const twin = await tx.oidcIssuer.findFirst({ where: { organizationId, url: { in: [bare, `${bare}/`] } } })
  if (twin) throw new Failure('conflict', 'An issuer with this address is registered.', { field: 'url' })
}

function parsePolicies(value: unknown): ExchangePolicy[] {
  const withIds = Array.isArray(value) ? value.map((policy) => ({ id: randomUUID(), ...policy })) : value
  const parsed = policiesSchema.safeParse(withIds)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure('invalid', `The policies are malformed at ${issue?.path.join('.') || 'the top'}.`, {
    field: 'policies',
  })
}

/** Who writes a policy gives what it allows (T20). */
async function requireGivable(
  tx: Transaction,
  { organization, grants }: OrganizationPermission,
  policy: ExchangePolicy,
): Promise<void> {
  if (policy.decision === 'deny') return
  if (policy.tokenType === 'team') {
    const team = await findTeam(tx, organization.id, policy.teamName ?? '')
    requireCovering(grants, await giftsOfTeamToken(tx, team))
    return
  }
  const admin = policy.tokenType === 'personal' || policy.authorizedPermissions.includes('admin')
  const choice =
    policy.roleId === undefined || admin
      ? { role: admin ? ('admin' as const) : ('member' as const) }
      : { roleId: policy.roleId }
  // A personal policy acts for any member whatever they may become, so it takes what an administrator has.
  requireCovering(grants, await giftsOfChoice(tx, organization.id, choice))
}

/** Whether the team or role that a policy names is still there; without it the policy gives nothing. */
async function hasSubject(
  tx: Transaction,
  organizationId: string,
  { tokenType, teamName = '', roleId }: ExchangePolicy,
): Promise<boolean> {
  if (tokenType === 'team') {
    return (await tx.team.count({ where: { organizationId, nameKey: key(teamName) } })) > 0
  }
  return roleId === undefined || (await tx.role.count({ where: { organizationId, id: roleId } })) > 0
}

interface Changing {
  scope: OrganizationScope
  event: string
  change(tx: Transaction, permission: OrganizationPermission): Promise<OidcIssuer>
}

async function changing(
  actor: Actor,
  { organization }: InOrganization,
  what: Changing,
): Promise<IssuerSummary> {
  try {
    return await withTransaction(async (tx) => {
      const permission = await requireOrganization(tx, actor, { organization, scope: what.scope })
      const row = await what.change(tx, permission)
      await record(tx, actor, row, what.event)
      return summary(row)
    })
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'An issuer of this name exists.', { field: 'name' })
  }
}

function record(tx: Transaction, actor: Actor, row: OidcIssuer, event: string): Promise<void> {
  const { id: issuerId, organizationId, name, url, policiesVersion } = row
  return appendAudit(tx, {
    actor,
    organizationId,
    event,
    description: `Issuer ${name}`,
    data: { issuerId, url, policiesVersion },
  })
}

function summary(row: OidcIssuer): IssuerSummary {
  const { id, name, url, maxExpirationSeconds, thumbprints, policiesVersion, lastUsedAt } = row
  const policies = policiesSchema.parse(row.policies)
  return {
    id,
    name,
    url,
    maxExpirationSeconds,
    thumbprints,
    hasKeysByHand: row.jwks !== null,
    policies,
    policiesVersion,
    warnings: policyWarnings(policies),
    createdAt: row.createdAt.toISOString(),
    modifiedAt: row.modifiedAt.toISOString(),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
  }
}
