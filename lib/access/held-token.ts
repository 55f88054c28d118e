/** An access token with whose it is, in one statement: every request of the API begins with it. */
import { z } from 'zod'
import { database, Prisma, selectRows } from '@/lib/db'
import type { Credential, Principal } from './actor'

const heldToken = z.object({
  id: z.string(),
  kind: z.enum(['personal', 'team', 'organization']),
  name: z.string(),
  hash: z.instanceof(Uint8Array),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  organizationRole: z.string().nullable(),
  organizationId: z.string().nullable(),
  organization: z.string().nullable(),
  personId: z.string().nullable(),
  login: z.string().nullable(),
  person: z.string().nullable(),
  disabledAt: z.date().nullable(),
  teamId: z.string().nullable(),
  team: z.string().nullable(),
  /** The row of the question that was asked along with it; null when it has none. */
  answer: z.unknown(),
})

export type HeldToken = z.output<typeof heldToken>

/**
 * @param condition on the token, `t`
 * @param question about its holder (`holderOfRow`), asked in the same breath; answers one row at most
 */
export async function findHeldToken(
  condition: Prisma.Sql,
  question?: Prisma.Sql,
): Promise<HeldToken | undefined> {
  const answer = question ? Prisma.sql`(SELECT row_to_json(q) FROM (${question}) q)` : Prisma.sql`NULL`
  const [row] = await selectRows(
    database(),
    Prisma.sql`
    SELECT t."id", t."kind"::text AS "kind", t."name", t."hash", t."expiresAt", t."revokedAt", t."lastUsedAt",
           t."organizationRole"::text AS "organizationRole", t."organizationId", o."name" AS "organization",
           p."id" AS "personId", p."login", p."name" AS "person", p."disabledAt",
           m."id" AS "teamId", m."name" AS "team", ${answer} AS "answer"
    FROM "AccessToken" t
    LEFT JOIN "Organization" o ON o."id" = t."organizationId"
    LEFT JOIN "Person" p ON p."id" = t."personId"
    LEFT JOIN "Team" m ON m."id" = t."teamId" AND m."organizationId" = t."organizationId"
    WHERE ${condition}`,
  )
  return row === undefined ? undefined : heldToken.parse(row)
}

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
