/**
 * Trading a CI's identity token for a short-lived access token (RFC 8693; providers.md §8). The same identity token may
 * be traded more than once while it lives, as with the reference: jobs retry, and each trade is on record (T09).
 */
import { decodeJwt } from 'jose'
import { z } from 'zod'
import type { Origin } from '@/lib/access/person'
import { addressSubject, countTry } from '@/lib/access/rate-limit'
import { hashTokenValue, newTokenValue, tokenHint } from '@/lib/access/token-value'
import { appendAudit } from '@/lib/audit'
import { database, type Transaction, withTransaction } from '@/lib/db'
import type { OidcIssuer, Organization, Prisma } from '@/lib/generated/prisma/client'
import { key } from '../names'
import { namesOrganization, organizationOf } from './audience'
import { decide, type ExchangePolicy, policiesSchema, type Wanted } from './policies'
import { verifyIdentityToken } from './verify'

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange'
const subjectTokenType = 'urn:ietf:params:oauth:token-type:id_token'
const defaultSeconds = 7200

const requestSchema = z.object({
  grant_type: z.literal(grantType),
  audience: z.string().max(200),
  subject_token_type: z.literal(subjectTokenType),
  subject_token: z.string().min(1).max(16_384),
  requested_token_type: z.string().max(200),
  scope: z.string().max(200).default(''),
  expiration: z.coerce.number().int().positive().default(defaultSeconds),
})

export interface ExchangeGranted {
  granted: true
  accessToken: string
  issuedTokenType: string
  expiresInSeconds: number
  scope: string
}

/** Errors as OAuth names them, with a reason for machines; never anything of the token itself. */
export interface ExchangeRefused {
  granted: false
  error: 'invalid_request' | 'invalid_grant' | 'unauthorized_client'
  reason: string
  description: string
}

export type ExchangeResult = ExchangeGranted | ExchangeRefused

/**
 * @param form the fields of the request, form-encoded or JSON alike
 * @throws Failure `locked_out` for too many tries from one address
 */
export async function exchangeToken(form: unknown, origin: Origin): Promise<ExchangeResult> {
  await countTry(addressSubject('exchange', origin.address), {
    tries: 300,
    windowSeconds: 60,
    lockSeconds: 60,
  })
  const parsed = requestSchema.safeParse(form)
  if (!parsed.success)
    return refused('invalid_request', `malformed:${parsed.error.issues[0]?.path.join('.')}`)
  const request = parsed.data
  const wanted = wantedOf(request.requested_token_type, request.scope)
  if (!wanted) return refused('invalid_request', 'malformed:requested_token_type')
  const trust = await findTrust(request)
  if (!trust) return refused('invalid_grant', 'issuer_unknown')
  const verified = await verifyIdentityToken(request.subject_token, trust.issuer)
  if (!verified.valid) return refusedOnRecord(trust, origin, verified.reason)
  const decision = decide(policiesSchema.parse(trust.issuer.policies), {
    claims: verified.claims,
    wanted,
    audienceIsOurs: namesOrganization(verified.claims.aud, trust.organization.name),
  })
  if (!decision.allowed) return refusedOnRecord(trust, origin, decision.reason)
  const seconds = Math.min(request.expiration, trust.issuer.maxExpirationSeconds)
  const given = await issue(
    trust,
    { policy: decision.policy, wanted, seconds, subject: verified.claims.sub },
    origin,
  )
  if (given === undefined) return refusedOnRecord(trust, origin, 'subject_unknown')
  return {
    granted: true,
    accessToken: given,
    issuedTokenType: request.requested_token_type,
    expiresInSeconds: seconds,
    scope: request.scope,
  }
}

interface Trust {
  organization: Organization
  issuer: OidcIssuer
}

type ExchangeRequest = z.output<typeof requestSchema>

/** The issuer is found inside the organization that the request names; an unknown organization looks the same. */
async function findTrust({ audience, subject_token: token }: ExchangeRequest): Promise<Trust | undefined> {
  const name = organizationOf(audience)
  const url = issuerOf(token)
  if (name === undefined || url === undefined) return undefined
  const organization = await database().organization.findUnique({
    where: { nameKey: key(name) },
    include: { issuers: { where: { url } } },
  })
  const issuer = organization?.issuers[0]
  return organization && issuer ? { organization, issuer } : undefined
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}

const typePattern = /^urn:(?:pulumi|openesc):token-type:access_token:(organization|team|personal)$/

function wantedOf(requestedType: string, scope: string): Wanted | undefined {
  const [, kind] = typePattern.exec(requestedType) ?? []
  const [prefix, name = ''] = scope.split(/:(.*)/s)
  if (kind === 'organization' && (scope === '' || scope === 'admin')) {
    return { tokenType: kind, admin: scope === 'admin' }
  }
  if (kind === 'team' && prefix === 'team' && name !== '') return { tokenType: kind, team: name }
  if (kind === 'personal' && prefix === 'user' && name !== '') return { tokenType: kind, login: name }
  return undefined
}

interface Issuing {
  policy: ExchangePolicy
  wanted: Wanted
  seconds: number
  subject: string | undefined
}

/** @returns the token's value, or undefined when the team, person or role that the policy names is not there any more */
async function issue(
  { organization, issuer }: Trust,
  issuing: Issuing,
  origin: Origin,
): Promise<string | undefined> {
  const value = newTokenValue()
  return withTransaction(async (tx) => {
    const owner = await ownerOf(tx, organization.id, issuing)
    if (!owner) return undefined
    const name = issuer.name
    const { id } = await tx.accessToken.create({
      data: {
        ...owner,
        organizationId: organization.id,
        issuerId: issuer.id,
        name,
        description: `Traded for an identity token of ${issuer.name}`,
        hash: hashTokenValue(value),
        hint: tokenHint(value),
        expiresAt: new Date(Date.now() + issuing.seconds * 1000),
      },
    })
    await tx.oidcIssuer.update({ where: { id: issuer.id }, data: { lastUsedAt: new Date() } })
    await appendAudit(tx, {
      actor: actorOf({ organization, issuer }, origin, { kind: owner.kind, id }),
      organizationId: organization.id,
      event: `${owner.kind}-token-created-for-oidc-issuer`,
      description: `Traded an identity token of ${issuer.name}`,
      data: { tokenId: id, issuerId: issuer.id, policyId: issuing.policy.id, subject: issuing.subject },
    })
    return value
  })
}

type Owner = Pick<
  Prisma.AccessTokenUncheckedCreateInput,
  'teamId' | 'personId' | 'roleId' | 'organizationRole'
> & {
  kind: Wanted['tokenType']
}

async function ownerOf(
  tx: Transaction,
  organizationId: string,
  { policy, wanted }: Issuing,
): Promise<Owner | undefined> {
  if (wanted.tokenType === 'team') {
    const team = await tx.team.findFirst({ where: { organizationId, nameKey: key(wanted.team) } })
    return team ? { kind: 'team', teamId: team.id } : undefined
  }
  if (wanted.tokenType === 'personal') {
    const member = await tx.member.findFirst({
      where: { organizationId, person: { loginKey: key(wanted.login), disabledAt: null } },
    })
    return member ? { kind: 'personal', personId: member.personId } : undefined
  }
  if (wanted.admin) return { kind: 'organization', organizationRole: 'admin' }
  if (policy.roleId === undefined) return { kind: 'organization', organizationRole: 'member' }
  const role = await tx.role.findFirst({ where: { id: policy.roleId, organizationId } })
  return role ? { kind: 'organization', roleId: role.id } : undefined
}

function actorOf(
  { organization, issuer }: Trust,
  { address, requestId }: Origin,
  token: { kind: Wanted['tokenType']; id: string },
) {
  return {
    principal: {
      kind: 'organization' as const,
      id: organization.id,
      name: issuer.name,
      role: 'member' as const,
    },
    credential: { ...token, name: issuer.name },
    address,
    requestId,
  }
}

async function refusedOnRecord(trust: Trust, origin: Origin, reason: string): Promise<ExchangeRefused> {
  await withTransaction((tx) =>
    appendAudit(tx, {
      actor: actorOf(trust, origin, { kind: 'organization', id: '' }),
      organizationId: trust.organization.id,
      event: 'oidc-issuer-validation-failed',
      description: `Refused an identity token of ${trust.issuer.name}`,
      data: { issuerId: trust.issuer.id, reason },
    }),
  )
  return refused(reason.includes('polic') ? 'unauthorized_client' : 'invalid_grant', reason)
}

function refused(error: ExchangeRefused['error'], reason: string): ExchangeRefused {
  return { granted: false, error, reason, description: descriptions[reason.split(':')[0] ?? ''] ?? reason }
}

const descriptions: Record<string, string> = {
  malformed: 'The request is malformed.',
  issuer_unknown: 'The organization trusts no issuer of this name.',
  issuer_unreachable: 'The issuer’s keys cannot be read.',
  signature: 'The token was not signed by a key of its issuer.',
  expired: 'The token has expired.',
  claims: 'A claim of the token is missing or wrong.',
  denied_by_policy: 'A policy denies it.',
  no_policy_matched: 'No policy allows it.',
  subject_unknown: 'The team, person or role is not there any more.',
}
