/**
 * Personal access tokens: made and shown once, kept as a hash, worth what their owner is worth at the moment of use.
 */
import { appendAudit } from '@/lib/audit'
import { database, Prisma, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { AccessToken } from '@/lib/generated/prisma/client'
import { type Actor, isToken } from './actor'
import { arrive, type EnvironmentPlace } from './arrival'
import {
  confirmHeldToken,
  credentialOf,
  findHeldToken,
  type HeldToken,
  isAlive,
  principalOf,
} from './held-token'
import { type KnownStanding, recallStanding } from './known-standings'
import { individualOrganizationId, type Origin, requirePerson } from './person'
import { sameHash } from './secret-text'
import { holderOfRow, standingQuery } from './standing-query'
import { hashTokenValue, newTokenValue, tokenHint } from './token-value'

export interface NewAccessToken {
  /** What it is for, as its maker says; at most 200 characters. */
  description: string
  /** ISO 8601; absent = never. At most two years ahead. */
  expiresAt?: string
}

export interface CreatedAccessToken {
  id: string
  /** Shown once; it cannot be read again. */
  tokenValue: string
}

export interface AccessTokenSummary {
  id: string
  name: string
  description: string
  /** Last four characters of the value. */
  hint: string
  createdAt: string
  createdBy: string
  expiresAt?: string
  lastUsedAt?: string
  expired: boolean
}

export type TokenFilter = 'active' | 'expired' | 'all'

const longestLifeSeconds = 2 * 366 * 24 * 3600
const descriptionLength = 200

/** @throws Failure `invalid` (with `details.field`), `forbidden` for actors that are no person */
export async function createAccessToken(actor: Actor, input: NewAccessToken): Promise<CreatedAccessToken> {
  const person = requirePerson(actor)
  const expiresAt = checkExpiry(input.expiresAt)
  checkDescription(input.description)
  return withTransaction(async (tx) => {
    await requireNotOutliving(tx, actor, expiresAt)
    return storePersonalToken(tx, actor, {
      personId: person.id,
      description: input.description.trim(),
      value: newTokenValue(),
      expiresAt,
    })
  })
}

export interface PersonalTokenRow {
  personId: string
  description: string
  value: string
  expiresAt: Date | undefined
}

/** Stores a personal token and records it; for use cases that have decided that it may be made. */
export async function storePersonalToken(
  tx: Transaction,
  actor: Actor,
  { personId, description, value, expiresAt }: PersonalTokenRow,
): Promise<CreatedAccessToken> {
  const { id } = await tx.accessToken.create({
    data: {
      kind: 'personal',
      personId,
      name: description,
      description,
      hash: hashTokenValue(value),
      hint: tokenHint(value),
      createdById: personId,
      expiresAt: expiresAt ?? null,
    },
    select: { id: true },
  })
  await appendAudit(tx, {
    actor,
    organizationId: await individualOrganizationId(tx, personId),
    event: 'personal-token-created',
    description: 'Created a personal access token',
    data: { tokenId: id, tokenName: description },
  })
  return { id, tokenValue: value }
}

export interface TokenListing {
  filter?: TokenFilter
  /** From the previous page's `next`. */
  cursor?: string
  limit?: number
}

export async function listAccessTokens(
  actor: Actor,
  { filter = 'active', cursor, limit = 100 }: TokenListing = {},
): Promise<{ tokens: AccessTokenSummary[]; next?: string }> {
  const person = requirePerson(actor)
  const now = new Date()
  const active = { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  const rows = await database().accessToken.findMany({
    where: {
      kind: 'personal',
      personId: person.id,
      issuerId: null,
      revokedAt: null,
      ...(filter === 'active' && active),
      ...(filter === 'expired' && { NOT: active }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: limit + 1,
    ...(cursor !== undefined && { cursor: { id: cursor }, skip: 1 }),
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    tokens: page.map((row) => summary(row, { createdBy: person.login, now })),
    ...(rows.length > limit && last && { next: last.id }),
  }
}

/** Takes effect at the next request. @throws Failure `not_found` for tokens of somebody else too */
export async function revokeAccessToken(actor: Actor, { id }: { id: string }): Promise<void> {
  const person = requirePerson(actor)
  await withTransaction(async (tx) => {
    const { count } = await tx.accessToken.updateMany({
      where: { id, kind: 'personal', personId: person.id, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    if (count === 0) throw new Failure('not_found', 'Not Found: token')
    await appendAudit(tx, {
      actor,
      organizationId: await individualOrganizationId(tx, person.id),
      event: 'personal-token-deleted',
      description: 'Revoked a personal access token',
      data: { tokenId: id },
    })
  })
}

/**
 * Who presents this value; undefined when it is unknown, revoked, expired, or its owner is disabled. The work does not
 * depend on which.
 *
 * @param place the environment that the request will ask about first, outside a transaction
 */
export async function actorFromToken(
  value: string,
  origin: Origin,
  place?: EnvironmentPlace,
): Promise<Actor | undefined> {
  const hash = hashTokenValue(value)
  const { token, known } = await findArriving(hash, place)
  if (!token || !sameHash(token.hash, hash)) return undefined
  const actor = actorOf(token, origin)
  if (actor) await markUsed(token)
  if (actor && place) arrive(actor, { place, holder: hash, answer: token.answer, ...(known && { known }) })
  return actor
}

interface Arriving {
  token: HeldToken | undefined
  /** Set when the token's `answer` confirms it. */
  known?: KnownStanding
}

/** The token, and where its holder stands: what is known of that is confirmed; if it is not, everything is asked. */
async function findArriving(hash: Uint8Array, place: EnvironmentPlace | undefined): Promise<Arriving> {
  const condition = Prisma.sql`t."hash" = ${hash}`
  if (place === undefined) return { token: await findHeldToken(condition) }
  const known = recallStanding(hash, place)
  if (known) {
    const token = await confirmHeldToken({ hash, known })
    if (token?.answer !== null) return { token, known }
  }
  const question = standingQuery(holderOfRow, { name: place.organization }, place)
  return { token: await findHeldToken(condition, question) }
}

/** As whom work runs that was begun with a token; undefined when the token is worth nothing any more. */
export async function actorOfToken(id: string, origin: Origin): Promise<Actor | undefined> {
  const token = await findHeldToken(Prisma.sql`t."id" = ${id}`)
  return token && actorOf(token, origin)
}

function actorOf(token: HeldToken, origin: Origin): Actor | undefined {
  const principal = isAlive(token) ? principalOf(token) : undefined
  return principal && { principal, credential: credentialOf(token), ...origin }
}

const usePrecisionMs = 60_000

/** At most one write per token and minute: the column says when a token was last needed, not how often. */
async function markUsed({ id, lastUsedAt }: HeldToken): Promise<void> {
  const stale = new Date(Date.now() - usePrecisionMs)
  if (lastUsedAt !== null && lastUsedAt > stale) return
  await database().accessToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
    data: { lastUsedAt: new Date() },
  })
}

/** A token that expires must not be able to make one that lives longer: its end would mean nothing (T19). */
export async function requireNotOutliving(
  tx: Transaction,
  actor: Actor,
  expiresAt: Date | undefined,
): Promise<void> {
  if (!isToken(actor.credential)) return
  const own = await tx.accessToken.findUniqueOrThrow({ where: { id: actor.credential.id } })
  if (own.expiresAt === null || (expiresAt !== undefined && expiresAt <= own.expiresAt)) return
  throw new Failure('forbidden', 'A token made with an expiring token cannot outlive it.', {
    field: 'expiresAt',
  })
}

/** @throws Failure `invalid` for what is no time within the next two years */
export function checkExpiry(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const expiresAt = new Date(text)
  const seconds = (expiresAt.getTime() - Date.now()) / 1000
  if (!(seconds > 0))
    throw new Failure('invalid', 'The expiry must lie in the future.', { field: 'expiresAt' })
  if (seconds > longestLifeSeconds) {
    throw new Failure('invalid', 'The expiry must be at most two years ahead.', { field: 'expiresAt' })
  }
  return expiresAt
}

function checkDescription(description: string): void {
  if (description.trim() === '') {
    throw new Failure('invalid', 'Say what the token is for.', { field: 'description' })
  }
  if (description.length > descriptionLength) {
    throw new Failure('invalid', `Use at most ${descriptionLength} characters.`, { field: 'description' })
  }
}

function summary(row: AccessToken, { createdBy, now }: { createdBy: string; now: Date }): AccessTokenSummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    createdBy,
    ...(row.expiresAt && { expiresAt: row.expiresAt.toISOString() }),
    ...(row.lastUsedAt && { lastUsedAt: row.lastUsedAt.toISOString() }),
    expired: row.expiresAt !== null && row.expiresAt <= now,
  }
}
