/** The one statement that loads where an actor stands: membership, teams, roles with their rules, grants. */
import { z } from 'zod'
import { Prisma } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { type Actor, isToken } from './actor'
import type { Where } from './grants'
import { isEnvironmentScope, isOrganizationScope } from './scopes'

/** An environment that is asked for in the same breath. */
export interface EnvironmentName {
  project: string
  name: string
}

/** The organization in question: by name as typed (compared by its canonical form) or by id. */
export type OrganizationReference = { name: string } | { id: string }

const simpleWhere = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every_environment') }),
  z.object({ kind: z.literal('environment'), id: z.string() }),
  z.object({ kind: z.literal('project'), key: z.string() }),
  z.object({ kind: z.literal('tag'), name: z.string(), value: z.string().optional() }),
])

/** The conditions that a role's rule may have, as stored. */
export const whereSchema: z.ZodType<Where> = z.lazy(() =>
  z.union([
    simpleWhere,
    z.object({ kind: z.enum(['all_of', 'any_of']), rules: z.array(whereSchema).max(20) }),
  ]),
)

const level = z.enum(['read', 'open', 'write', 'admin'])
const limit = z.number().int().nullable()
// A scope that no longer exists gives nothing; it must not lock its holders out.
const environmentScopeList = z.array(z.string()).transform((scopes) => scopes.filter(isEnvironmentScope))
const organizationScopeList = z.array(z.string()).transform((scopes) => scopes.filter(isOrganizationScope))

const roleSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: organizationScopeList,
  teamId: z.string().nullable(),
  team: z.string().nullable(),
  rules: z.array(
    z.object({ where: whereSchema, level: level.nullable(), scopes: environmentScopeList.nullable(), limit }),
  ),
})

/** A row of `Environment` as PostgreSQL writes it in JSON, beside its tags. */
export const environmentRow = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    project: z.string(),
    projectKey: z.string(),
    name: z.string(),
    nameKey: z.string(),
    ownerId: z.string().nullable(),
    latestRevision: z.number().int(),
    deletionProtected: z.boolean(),
    updateGated: z.boolean(),
    openGated: z.boolean(),
    createdAt: z.coerce.date(),
    modifiedAt: z.coerce.date(),
    deletedAt: z.null(),
    deletedById: z.string().nullable(),
    tags: z.array(z.object({ name: z.string(), value: z.string() })),
  })
  .transform(({ tags, ...row }) => {
    // The annotation is the check that no column is forgotten here.
    const environment: Environment = row
    return { environment, facts: { ...environment, tags } }
  })

export const standingRow = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  kind: z.enum(['individual', 'shared']),
  defaultPermission: z.enum(['none', 'read', 'open', 'write']),
  role: z.enum(['admin', 'member', 'billing_manager']).nullable(),
  /** Set when the credential is a token that lives longer than the organization allows. */
  tokenLimitDays: z.number().int().nullable(),
  grants: z.array(
    z.object({
      id: z.string(),
      environment: z.string(),
      level,
      limit,
      teamId: z.string().nullable(),
      team: z.string().nullable(),
    }),
  ),
  roles: z.array(roleSchema),
  accesses: z.array(z.object({ id: z.string(), environment: z.string(), seconds: z.number().int() })),
  environment: environmentRow.nullable(),
  /** Of the organization: as long as it is the same, all the rest but `environment`'s newest revision is. */
  stamp: z.string(),
})

export type StandingRow = z.output<typeof standingRow>
export type HeldRole = z.output<typeof roleSchema>

/** Whose standing it is, as SQL: values of an actor, or columns of the token that is just being looked up. */
export interface Holder {
  personId?: Prisma.Sql
  teamId?: Prisma.Sql
  /** The token itself, when it belongs to the organization. */
  organizationTokenId?: Prisma.Sql
  /** The token with which they ask. */
  tokenId?: Prisma.Sql
  /** The only organization in which its token is worth anything, or SQL's null. */
  confinedTo?: Prisma.Sql
  isOperator?: true
}

/** Of the token in the row `t` of a statement that {@link standingQuery} becomes part of. */
export const holderOfRow: Holder = {
  personId: Prisma.sql`CASE WHEN t."kind" = 'personal' THEN t."personId" END`,
  teamId: Prisma.sql`CASE WHEN t."kind" = 'team' THEN t."teamId" END`,
  organizationTokenId: Prisma.sql`CASE WHEN t."kind" = 'organization' THEN t."id" END`,
  tokenId: Prisma.sql`t."id"`,
  confinedTo: Prisma.sql`t."organizationId"`,
}

export function holderOf({ principal, credential }: Actor): Holder {
  const { id: tokenId, organizationId } = credential
  return {
    ...(principal.kind === 'person' && { personId: Prisma.sql`${principal.id}` }),
    ...(principal.kind === 'team' && { teamId: Prisma.sql`${principal.id}` }),
    ...(principal.kind === 'organization' && { organizationTokenId: Prisma.sql`${tokenId}` }),
    ...(principal.kind === 'operator' && { isOperator: true }),
    ...(isToken(credential) && { tokenId: Prisma.sql`${tokenId}` }),
    ...(organizationId !== undefined && { confinedTo: Prisma.sql`${organizationId}` }),
  }
}

/** Answers one row, or none for who has no part in the organization. */
export function standingQuery(
  holder: Holder,
  reference: OrganizationReference,
  environment?: EnvironmentName,
): Prisma.Sql {
  return Prisma.sql`
    WITH organization AS (SELECT * FROM "Organization" WHERE ${condition(reference)} ${confinement(holder)}),
    membership AS (${union(memberships(holder))}),
    team AS (${union(teams(holder))}),
    held AS (
      SELECT "roleId", NULL::text AS "teamId", NULL::text AS "team" FROM membership WHERE "roleId" IS NOT NULL
      UNION ALL
      SELECT tr."roleId", team."id", team."name" FROM "TeamRole" tr JOIN team ON team."id" = tr."teamId"
    )
    SELECT o."id", o."name", o."displayName", o."kind"::text, o."defaultPermission"::text AS "defaultPermission",
           CASE WHEN membership."roleId" IS NULL THEN membership."role" END AS "role",
           ${tokenLimit(holder)} AS "tokenLimitDays", ${grants(holder)} AS "grants", ${roles()} AS "roles",
           ${accesses(holder)} AS "accesses", ${found(environment)} AS "environment",
           o."standingStamp" AS "stamp"
    FROM organization o CROSS JOIN membership`
}

/** What {@link standingQuery} answered once. */
export interface StandingEvidence {
  organizationId: string
  environmentId: string
  stamp: string
}

/** What changes without renewing the stamp. */
export const confirmationRow = z.object({
  latestRevision: z.number().int(),
  modifiedAt: z.coerce.date(),
  tokenLimitDays: z.number().int().nullable(),
})

/** {@link StandingEvidence} as SQL: values, or columns of a row that holds it. */
export type EvidenceSql = Record<keyof StandingEvidence, Prisma.Sql>

export function evidenceSql({ organizationId, environmentId, stamp }: StandingEvidence): EvidenceSql {
  return {
    organizationId: Prisma.sql`${organizationId}`,
    environmentId: Prisma.sql`${environmentId}`,
    stamp: Prisma.sql`${stamp}::uuid`,
  }
}

/** Answers one row when {@link standingQuery} would answer what it did, else none. */
export function confirmationQuery(
  holder: Holder,
  { organizationId, environmentId, stamp }: EvidenceSql,
): Prisma.Sql {
  return Prisma.sql`
    SELECT e."latestRevision", e."modifiedAt", ${tokenLimit(holder)} AS "tokenLimitDays"
    FROM "Organization" o JOIN "Environment" e ON e."organizationId" = o."id"
    WHERE o."id" = ${organizationId} AND o."standingStamp" = ${stamp} AND e."id" = ${environmentId}
      AND e."deletedAt" IS NULL`
}

function union(parts: Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(parts, ' UNION ALL ')
}

/** A row `e` of `Environment` with its tags, as JSON. */
const environmentJson = Prisma.sql`
  to_jsonb(e) || jsonb_build_object('tags', COALESCE((
    SELECT jsonb_agg(jsonb_build_object('name', t."name", 'value', t."value"))
    FROM "EnvironmentTag" t WHERE t."environmentId" = e."id"), '[]'::jsonb))`

/** Answers a row for each living environment of these names. */
export function environmentsQuery(organizationId: string, names: readonly EnvironmentName[]): Prisma.Sql {
  const keys = names.map(({ project, name }) => Prisma.sql`(${project.toLowerCase()}, ${name.toLowerCase()})`)
  return Prisma.sql`
    SELECT ${environmentJson} AS "environment" FROM "Environment" e
    WHERE e."organizationId" = ${organizationId} AND e."deletedAt" IS NULL
      AND (e."projectKey", e."nameKey") IN (${Prisma.join(keys)})`
}

/** A living environment with its tags, as JSON. */
function found(environment: EnvironmentName | undefined): Prisma.Sql {
  if (environment === undefined) return Prisma.sql`NULL::jsonb`
  return Prisma.sql`(
    SELECT ${environmentJson} FROM "Environment" e
    WHERE e."organizationId" = o."id" AND e."projectKey" = ${environment.project.toLowerCase()}
      AND e."nameKey" = ${environment.name.toLowerCase()} AND e."deletedAt" IS NULL)`
}

function condition(reference: OrganizationReference): Prisma.Sql {
  if ('id' in reference) return Prisma.sql`"id" = ${reference.id}`
  return Prisma.sql`"nameKey" = ${reference.name.toLowerCase()}`
}

/** A token that an organization's trust gave is worth nothing elsewhere. */
function confinement({ confinedTo }: Holder): Prisma.Sql {
  return confinedTo ? Prisma.sql`AND "id" = COALESCE(${confinedTo}, "id")` : Prisma.empty
}

/** One row (role, roleId) for who has a part in the organization, else none. */
function memberships({ personId, teamId, organizationTokenId, isOperator }: Holder): Prisma.Sql[] {
  return [
    ...(personId
      ? [
          Prisma.sql`SELECT m."role"::text AS "role", m."roleId" FROM organization o
            JOIN "Member" m ON m."organizationId" = o."id" AND m."personId" = ${personId}
            JOIN "Person" p ON p."id" = m."personId" AND p."disabledAt" IS NULL`,
        ]
      : []),
    ...(teamId
      ? [
          Prisma.sql`SELECT NULL::text AS "role", NULL::text AS "roleId" FROM organization o
            JOIN "Team" m ON m."organizationId" = o."id" AND m."id" = ${teamId}`,
        ]
      : []),
    ...(organizationTokenId
      ? [
          Prisma.sql`SELECT k."organizationRole"::text AS "role", k."roleId" FROM organization o
            JOIN "AccessToken" k ON k."organizationId" = o."id" AND k."id" = ${organizationTokenId}
              AND k."kind" = 'organization' AND k."revokedAt" IS NULL`,
        ]
      : []),
    ...(isOperator ? [Prisma.sql`SELECT NULL::text AS "role", NULL::text AS "roleId"`] : []),
  ]
}

const noTeams = Prisma.sql`SELECT NULL::text AS "id", NULL::text AS "name" WHERE false`

/** The teams (id, name) whose power they have. */
function teams({ personId, teamId }: Holder): Prisma.Sql[] {
  const ofPerson =
    personId &&
    Prisma.sql`SELECT m."id", m."name" FROM organization o JOIN "Team" m ON m."organizationId" = o."id"
      JOIN "TeamMember" tm ON tm."teamId" = m."id" AND tm."personId" = ${personId}`
  const itself =
    teamId &&
    Prisma.sql`SELECT m."id", m."name" FROM organization o
      JOIN "Team" m ON m."organizationId" = o."id" AND m."id" = ${teamId}`
  const parts = [ofPerson, itself].filter((part) => part !== undefined)
  return parts.length > 0 ? parts : [noTeams]
}

/** console.md §12: judged by remaining lifetime on every request; traded tokens and console sessions are exempt. */
function tokenLimit({ tokenId }: Holder): Prisma.Sql {
  if (!tokenId) return Prisma.sql`NULL::int`
  return Prisma.sql`(
    SELECT o."maxTokenLifetimeDays" FROM "AccessToken" k
    WHERE k."id" = ${tokenId} AND k."issuerId" IS NULL
      AND (k."expiresAt" IS NULL OR k."expiresAt" > now() + make_interval(days => o."maxTokenLifetimeDays")))`
}

function grants({ personId = Prisma.sql`NULL` }: Holder): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('id', g."id", 'environment', g."environmentId", 'level', g."level",
      'limit', g."maxOpenDurationSeconds", 'teamId', g."teamId", 'team', g."team"))
    FROM (
      SELECT d.*, NULL::text AS "teamId", NULL::text AS "team" FROM "EnvironmentGrant" d
      WHERE d."organizationId" = o."id" AND d."principalKind" = 'person' AND d."principalId" = ${personId}::text
      UNION ALL
      SELECT d.*, team."id", team."name" FROM "EnvironmentGrant" d
      JOIN team ON team."id" = d."principalId"
      WHERE d."organizationId" = o."id" AND d."principalKind" = 'team'
    ) g), '[]'::json)`
}

/** Approved wishes to open that are not over; `seconds` is what an open now may last. */
function accesses({ personId }: Holder): Prisma.Sql {
  if (!personId) return Prisma.sql`'[]'::json`
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('id', c."id", 'environment', c."environmentId", 'seconds',
      CASE WHEN c."firstOpenedAt" IS NULL THEN v."accessDurationSeconds"
           ELSE greatest(1, floor(extract(epoch FROM c."accessExpiresAt" - clock_timestamp()))::int) END))
    FROM "ChangeRequest" c
    JOIN "ChangeRequestRevision" v ON v."changeRequestId" = c."id" AND v."number" = c."latestRevision"
    WHERE c."organizationId" = o."id" AND c."createdById" = ${personId} AND c."action" = 'open'
      AND c."status" = 'applied' AND c."accessExpiresAt" > clock_timestamp()), '[]'::json)`
}

const rules = Prisma.sql`COALESCE((
  SELECT json_agg(json_build_object('where', rr."where", 'level', rr."level", 'scopes', ps."scopes",
    'limit', rr."maxOpenDurationSeconds") ORDER BY rr."position")
  FROM "RoleRule" rr LEFT JOIN "PermissionSet" ps ON ps."id" = rr."permissionSetId"
  WHERE rr."roleId" = r."id"), '[]'::json)`

function roles(): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('id', r."id", 'name', r."name", 'scopes', r."organizationScopes",
      'teamId', h."teamId", 'team', h."team", 'rules', ${rules}))
    FROM held h JOIN "Role" r ON r."id" = h."roleId" AND r."organizationId" = o."id"), '[]'::json)`
}
