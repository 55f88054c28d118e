/**
 * Console sessions. The cookie only names a row; the row is read on every request, so revoking it ends the session at
 * the next one.
 */
import { z } from 'zod'
import { appendAudit } from '@/lib/audit'
import { database, Prisma, selectRows, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Actor } from './actor'
import { arrive, type EnvironmentPlace } from './arrival'
import { individualOrganizationId, type Origin, personActor, requirePerson } from './person'
import { standingQuery } from './standing-query'

/** console.md §1: 12 hours without a request, 7 days at most. */
export const sessionLimits = { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 } as const

const seenPrecisionMs = 60_000

export interface Browser {
  userAgent: string
  address: string
}

/** @returns the id that the cookie carries: 122 random bits */
export async function startSession(
  personId: string,
  browser: Browser,
  tx: Transaction = database(),
): Promise<string> {
  const { id } = await tx.webSession.create({
    data: {
      personId,
      expiresAt: new Date(Date.now() + sessionLimits.absoluteSeconds * 1000),
      userAgent: browser.userAgent.slice(0, 300),
      address: browser.address,
    },
    select: { id: true },
  })
  return id
}

/**
 * Who this session belongs to; undefined when it is unknown, revoked, too old, or its person is disabled.
 *
 * @param place the environment that the request will ask about first, outside a transaction
 */
export async function actorFromSession(
  id: string,
  origin: Origin,
  place?: EnvironmentPlace,
): Promise<Actor | undefined> {
  const session = await findLivingSession(id, place)
  if (!session) return undefined
  await markSeen(session)
  const actor = personActor(session.person, { kind: 'session', id, name: 'session' }, origin)
  if (place) arrive(actor, { place, answer: session.standing })
  return actor
}

const livingSession = z.object({
  id: z.string(),
  lastSeenAt: z.date(),
  person: z.object({ id: z.string(), login: z.string(), name: z.string() }),
  /** Where the person stands at the place that was asked for. */
  standing: z.unknown(),
})

/** In one statement and without Prisma: every request of the console begins with it. */
async function findLivingSession(id: string, place: EnvironmentPlace | undefined) {
  const { expiresAt, lastSeenAt } = livingNow()
  const [row] = await selectRows(
    database(),
    Prisma.sql`
    SELECT s."id", s."lastSeenAt", jsonb_build_object('id', p."id", 'login', p."login", 'name', p."name") AS "person",
           ${place ? standingAt(place) : Prisma.sql`NULL`} AS "standing"
    FROM "WebSession" s JOIN "Person" p ON p."id" = s."personId" AND p."disabledAt" IS NULL
    WHERE s."id" = ${id} AND s."revokedAt" IS NULL
      AND s."expiresAt" > ${expiresAt.gt} AND s."lastSeenAt" > ${lastSeenAt.gt}`,
  )
  return row === undefined ? undefined : livingSession.parse(row)
}

function standingAt({ organization, ...environment }: EnvironmentPlace): Prisma.Sql {
  const query = standingQuery({ personId: Prisma.sql`p."id"` }, { name: organization }, environment)
  return Prisma.sql`(SELECT row_to_json(q) FROM (${query}) q)`
}

function livingNow() {
  const now = Date.now()
  return {
    revokedAt: null,
    expiresAt: { gt: new Date(now) },
    lastSeenAt: { gt: new Date(now - sessionLimits.idleSeconds * 1000) },
  }
}

async function markSeen({ id, lastSeenAt }: { id: string; lastSeenAt: Date }): Promise<void> {
  const stale = new Date(Date.now() - seenPrecisionMs)
  if (lastSeenAt > stale) return
  await database().webSession.updateMany({
    where: { id, revokedAt: null, lastSeenAt: { lte: stale } },
    data: { lastSeenAt: new Date() },
  })
}

export interface SessionSummary {
  id: string
  userAgent: string
  address: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  /** The session that asks. */
  current: boolean
}

export async function listSessions(actor: Actor): Promise<SessionSummary[]> {
  const person = requirePerson(actor)
  const rows = await database().webSession.findMany({
    where: { personId: person.id, ...livingNow() },
    orderBy: { lastSeenAt: 'desc' },
  })
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    address: row.address,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    current: actor.credential.kind === 'session' && actor.credential.id === row.id,
  }))
}

/** Ends one's own session, this one or another. @throws Failure `not_found` for those of others too */
export async function revokeSession(actor: Actor, { id }: { id: string }): Promise<void> {
  const person = requirePerson(actor)
  await withTransaction(async (tx) => {
    const { count } = await tx.webSession.updateMany({
      where: { id, personId: person.id, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    if (count === 0) throw new Failure('not_found', 'Not Found: session')
    await appendAudit(tx, {
      actor,
      organizationId: await individualOrganizationId(tx, person.id),
      event: 'user-session-ended',
      description: 'Ended a console session',
      data: { sessionId: id },
    })
  })
}

/** Ends a person's sessions, except the one that asks; part of every change of how they sign in (W08). */
export async function revokeSessionsOf(
  tx: Transaction,
  personId: string,
  { except }: { except?: string } = {},
): Promise<void> {
  await tx.webSession.updateMany({
    where: { personId, revokedAt: null, ...(except !== undefined && { id: { not: except } }) },
    data: { revokedAt: new Date() },
  })
}
