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
})

export type StandingRow = z.output<typeof standingRow>
export type HeldRole = z.output<typeof roleSchema>

/** Answers one row, or none for who has no part in the organization. */
export function standingQuery(
  actor: Actor,
  reference: OrganizationReference,
  environment?: EnvironmentName,
): Prisma.Sql {
  const { membership, teams } = sourcesFor(actor)
  return Prisma.sql`
    WITH organization AS (SELECT * FROM "Organization" WHERE ${condition(reference)} ${confinement(actor)}),
    membership AS (${membership}),
    team AS (${teams}),
    held AS (
      SELECT "roleId", NULL::text AS "teamId", NULL::text AS "team" FROM membership WHERE "roleId" IS NOT NULL
      UNION ALL
      SELECT tr."roleId", team."id", team."name" FROM "TeamRole" tr JOIN team ON team."id" = tr."teamId"
    )
    SELECT o."id", o."name", o."displayName", o."kind"::text, o."defaultPermission"::text AS "defaultPermission",
           CASE WHEN membership."roleId" IS NULL THEN membership."role" END AS "role",
           ${tokenLimit(actor)} AS "tokenLimitDays", ${grants(actor)} AS "grants", ${roles()} AS "roles",
           ${accesses(actor)} AS "accesses", ${found(environment)} AS "environment"
    FROM organization o CROSS JOIN membership`
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
function confinement({ credential }: Actor): Prisma.Sql {
  if (credential.organizationId === undefined) return Prisma.empty
  return Prisma.sql`AND "id" = ${credential.organizationId}`
}

interface Sources {
  /** One row (role, roleId) when the actor has a part in the organization, else none. */
  membership: Prisma.Sql
  /** The teams (id, name) whose power the actor has. */
  teams: Prisma.Sql
}

const noTeams = Prisma.sql`SELECT NULL::text AS "id", NULL::text AS "name" WHERE false`

function sourcesFor({ principal, credential }: Actor): Sources {
  switch (principal.kind) {
    case 'person':
      return {
        membership: Prisma.sql`
          SELECT m."role"::text AS "role", m."roleId" FROM organization o
          JOIN "Member" m ON m."organizationId" = o."id" AND m."personId" = ${principal.id}
          JOIN "Person" p ON p."id" = m."personId" AND p."disabledAt" IS NULL`,
        teams: Prisma.sql`
          SELECT t."id", t."name" FROM organization o JOIN "Team" t ON t."organizationId" = o."id"
          JOIN "TeamMember" tm ON tm."teamId" = t."id" AND tm."personId" = ${principal.id}`,
      }
    case 'team': {
      const own = Prisma.sql`FROM organization o JOIN "Team" t ON t."organizationId" = o."id" AND t."id" = ${principal.id}`
      return {
        membership: Prisma.sql`SELECT NULL::text AS "role", NULL::text AS "roleId" ${own}`,
        teams: Prisma.sql`SELECT t."id", t."name" ${own}`,
      }
    }
    case 'organization':
      return {
        membership: Prisma.sql`
          SELECT k."organizationRole"::text AS "role", k."roleId" FROM organization o
          JOIN "AccessToken" k ON k."organizationId" = o."id" AND k."id" = ${credential.id}
            AND k."kind" = 'organization' AND k."revokedAt" IS NULL`,
        teams: noTeams,
      }
    case 'operator':
      return { membership: Prisma.sql`SELECT NULL::text AS "role", NULL::text AS "roleId"`, teams: noTeams }
  }
}

/** console.md §12: judged by remaining lifetime on every request; traded tokens and console sessions are exempt. */
function tokenLimit({ credential }: Actor): Prisma.Sql {
  if (!isToken(credential)) return Prisma.sql`NULL::int`
  return Prisma.sql`(
    SELECT o."maxTokenLifetimeDays" FROM "AccessToken" k
    WHERE k."id" = ${credential.id} AND k."issuerId" IS NULL
      AND (k."expiresAt" IS NULL OR k."expiresAt" > now() + make_interval(days => o."maxTokenLifetimeDays")))`
}

function grants({ principal }: Actor): Prisma.Sql {
  const personId = principal.kind === 'person' ? principal.id : null
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
function accesses({ principal }: Actor): Prisma.Sql {
  if (principal.kind !== 'person') return Prisma.sql`'[]'::json`
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('id', c."id", 'environment', c."environmentId", 'seconds',
      CASE WHEN c."firstOpenedAt" IS NULL THEN v."accessDurationSeconds"
           ELSE greatest(1, floor(extract(epoch FROM c."accessExpiresAt" - clock_timestamp()))::int) END))
    FROM "ChangeRequest" c
    JOIN "ChangeRequestRevision" v ON v."changeRequestId" = c."id" AND v."number" = c."latestRevision"
    WHERE c."organizationId" = o."id" AND c."createdById" = ${principal.id} AND c."action" = 'open'
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
