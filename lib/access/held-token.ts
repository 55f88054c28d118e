/** An access token with whose it is, in one statement: every request of the API begins with it. */
import { z } from 'zod'
import { database, Prisma, selectReady, selectRows } from '@/lib/db'
import { together } from '@/lib/together'
import type { Credential, Principal } from './actor'
import { confirmationQuery, holderOfRow, type StandingEvidence } from './standing-query'

const time = z.coerce.date().nullable()

/** As PostgreSQL writes it in JSON: each column of an answer costs the driver more than its text costs to parse. */
const heldToken = z.object({
  id: z.string(),
  kind: z.enum(['personal', 'team', 'organization']),
  name: z.string(),
  hash: z.string().transform((hex) => Buffer.from(hex, 'hex')),
  expiresAt: time,
  revokedAt: time,
  lastUsedAt: time,
  organizationRole: z.string().nullable(),
  organizationId: z.string().nullable(),
  organization: z.string().nullable(),
  personId: z.string().nullable(),
  login: z.string().nullable(),
  person: z.string().nullable(),
  disabledAt: time,
  teamId: z.string().nullable(),
  team: z.string().nullable(),
  /** The row of the question that was asked along with it; null when it has none. */
  answer: z.unknown(),
})

export type HeldToken = z.output<typeof heldToken>

const row = z.object({ held: heldToken })

/** `at`: which of the questions it answers. */
const confirmedRow = row.extend({ at: z.number().int() })

/**
 * @param condition on the token, `t`
 * @param question about its holder (`holderOfRow`), asked in the same breath; answers one row at most
 */
export async function findHeldToken(
  condition: Prisma.Sql,
  question?: Prisma.Sql,
): Promise<HeldToken | undefined> {
  const [found] = await selectRows(database(), heldTokens(condition, question))
  return found === undefined ? undefined : row.parse(found).held
}

interface ConfirmedToken {
  hash: Uint8Array
  known: StandingEvidence
}

/** The token of a hash; its `answer` confirms the standing, or is null. Many that ask at once ask with one statement. */
export const confirmHeldToken = together(async (questions: readonly ConfirmedToken[]) => {
  const asked = questions.map(({ hash, known: { organizationId, environmentId, stamp } }, at) => ({
    at,
    hash: Buffer.from(hash).toString('hex'),
    organizationId,
    environmentId,
    stamp,
  }))
  const rows = await selectReady({ text: confirmedTokens, values: [JSON.stringify(asked)] })
  const byPlace = new Map(
    rows.map((found) => confirmedRow.parse(found)).map(({ at, held }) => [at, held] as const),
  )
  return questions.map((_question, at): HeldToken | undefined => byPlace.get(at))
})

function heldTokens(condition: Prisma.Sql, question?: Prisma.Sql): Prisma.Sql {
  const answer = question ? Prisma.sql`(SELECT row_to_json(q) FROM (${question}) q)` : Prisma.sql`NULL`
  return Prisma.sql`
    SELECT json_build_object('id', t."id", 'kind', t."kind", 'name', t."name", 'hash', encode(t."hash", 'hex'),
      'expiresAt', t."expiresAt", 'revokedAt', t."revokedAt", 'lastUsedAt', t."lastUsedAt",
      'organizationRole', t."organizationRole", 'organizationId', t."organizationId", 'organization', o."name",
      'personId', p."id", 'login', p."login", 'person', p."name", 'disabledAt', p."disabledAt",
      'teamId', m."id", 'team', m."name", 'answer', ${answer}) AS "held"
    FROM "AccessToken" t
    LEFT JOIN "Organization" o ON o."id" = t."organizationId"
    LEFT JOIN "Person" p ON p."id" = t."personId"
    LEFT JOIN "Team" m ON m."id" = t."teamId" AND m."organizationId" = t."organizationId"
    WHERE ${condition}`
}

/** For the row `k` of what is asked. */
const confirmedToken = heldTokens(
  Prisma.sql`t."hash" = decode(k."hash", 'hex')`,
  confirmationQuery(holderOfRow, {
    organizationId: Prisma.sql`k."organizationId"`,
    environmentId: Prisma.sql`k."environmentId"`,
    stamp: Prisma.sql`k."stamp"`,
  }),
)

/** The rows come in as one JSON, so that the plan does not depend on how many there are. */
const confirmedTokens = `
  SELECT k."at", found."held" FROM json_to_recordset($1::json)
    AS k("at" int, "hash" text, "organizationId" text, "environmentId" text, "stamp" uuid)
  CROSS JOIN LATERAL (${confirmedToken.text} LIMIT 1) found`

export function credentialOf({ kind, id, name, organizationId }: HeldToken): Credential {
  const confined = kind === 'personal' && organizationId !== null
  return { kind, id, name, ...(confined && { organizationId }) }
}

/** Undefined when whose it was is gone or disabled. */
export function principalOf(token: HeldToken): Principal | undefined {
  const { organizationId, organization, personId, login, person, teamId, team } = token
  if (token.kind === 'personal') {
    if (personId === null || login === null || token.disabledAt !== null) return undefined
    return { kind: 'person', id: personId, login, name: person ?? '' }
  }
  if (organizationId === null || organization === null) return undefined
  if (token.kind === 'team') {
    return teamId === null ? undefined : { kind: 'team', id: teamId, name: team ?? '', organizationId }
  }
  // The role here is for showing only; what the token may do is read from its row where it is decided.
  const role = token.organizationRole === 'admin' ? 'admin' : 'member'
  return { kind: 'organization', id: organizationId, name: organization, role }
}

export function isAlive({ revokedAt, expiresAt }: Pick<HeldToken, 'revokedAt' | 'expiresAt'>): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt.getTime() > Date.now())
}
