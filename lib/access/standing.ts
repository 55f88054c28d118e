/**
 * Where an actor stands in one organization: loaded with one statement, in the transaction that acts on it.
 */
import { z } from 'zod'
import { Prisma, type Transaction } from '@/lib/db'
import type { Actor } from './actor'
import { type Grant, type GrantSource, scopesOfLevel, scopesOfRole } from './grants'
import type { Level } from './levels'
import type { OrganizationRole } from './scopes'

export interface OrganizationFacts {
  id: string
  name: string
  displayName: string
  kind: 'individual' | 'shared'
  defaultPermission: 'none' | 'read' | 'open' | 'write'
}

export interface Standing {
  organization: OrganizationFacts
  /** The actor's built-in role; absent for team tokens and the operator. */
  role?: OrganizationRole
  grants: Grant[]
}

/** The organization in question: by name as typed (compared by its canonical form) or by id. */
export type OrganizationReference = { name: string } | { id: string }

const level = z.enum(['read', 'open', 'write', 'admin'])

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  kind: z.enum(['individual', 'shared']),
  defaultPermission: z.enum(['none', 'read', 'open', 'write']),
  role: z.enum(['admin', 'member', 'billing_manager']).nullable(),
  direct: z.array(
    z.object({ id: z.string(), environment: z.string(), level, limit: z.number().int().nullable() }),
  ),
})

type Row = z.output<typeof rowSchema>

/** @returns undefined when there is no such organization or the actor has no part in it: the two look alike. */
export async function loadStanding(
  tx: Transaction,
  actor: Actor,
  reference: OrganizationReference,
): Promise<Standing | undefined> {
  const rows = z.array(rowSchema).parse(await tx.$queryRaw(standingQuery(actor, reference)))
  const row = rows[0]
  return row && standingOf(actor, row)
}

/** The actor's grants in an organization; none when they have no part in it. */
export async function loadGrants(tx: Transaction, actor: Actor, organizationId: string): Promise<Grant[]> {
  return (await loadStanding(tx, actor, { id: organizationId }))?.grants ?? []
}

function standingQuery(actor: Actor, reference: OrganizationReference): Prisma.Sql {
  const { join, within, role, direct } = sourcesFor(actor)
  const where =
    'id' in reference
      ? Prisma.sql`o."id" = ${reference.id}`
      : Prisma.sql`o."nameKey" = ${reference.name.toLowerCase()}`
  return Prisma.sql`
    SELECT o."id", o."name", o."displayName", o."kind"::text, o."defaultPermission"::text AS "defaultPermission",
           ${role} AS "role", ${direct} AS "direct"
    FROM "Organization" o ${join}
    WHERE ${where} ${within}`
}

interface Sources {
  join: Prisma.Sql
  /** Further conditions on the organization. */
  within: Prisma.Sql
  role: Prisma.Sql
  direct: Prisma.Sql
}

function sourcesFor(actor: Actor): Sources {
  const { principal } = actor
  switch (principal.kind) {
    case 'person':
      return {
        join: Prisma.sql`
          JOIN "Member" m ON m."organizationId" = o."id" AND m."personId" = ${principal.id}
          JOIN "Person" p ON p."id" = m."personId" AND p."disabledAt" IS NULL`,
        within: Prisma.empty,
        role: Prisma.sql`m."role"::text`,
        direct: directGrants('person', principal.id),
      }
    case 'team':
      return {
        join: Prisma.empty,
        within: Prisma.sql`AND o."id" = ${principal.organizationId}`,
        role: Prisma.sql`NULL::text`,
        direct: directGrants('team', principal.id),
      }
    case 'organization':
      return {
        join: Prisma.empty,
        within: Prisma.sql`AND o."id" = ${principal.id}`,
        role: Prisma.sql`${principal.role}::text`,
        direct: Prisma.sql`'[]'::json`,
      }
    case 'operator':
      return {
        join: Prisma.empty,
        within: Prisma.empty,
        role: Prisma.sql`NULL::text`,
        direct: Prisma.sql`'[]'::json`,
      }
  }
}

function directGrants(kind: 'person' | 'team', id: string): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object('id', g."id", 'environment', g."environmentId", 'level', g."level",
                                      'limit', g."maxOpenDurationSeconds"))
    FROM "EnvironmentGrant" g
    WHERE g."organizationId" = o."id" AND g."principalKind" = ${kind}::"PrincipalKind"
      AND g."principalId" = ${id}), '[]'::json)`
}

function standingOf(actor: Actor, row: Row): Standing {
  const { id, name, displayName, kind, defaultPermission, role } = row
  return {
    organization: { id, name, displayName, kind, defaultPermission },
    ...(role !== null && { role }),
    grants: [...grantsOfRole(actor, row), ...grantsOfMembership(actor, row), ...grantsOnEnvironments(row)],
  }
}

function grantsOfRole(actor: Actor, { role }: Row): Grant[] {
  if (actor.principal.kind === 'operator') return everything({ kind: 'operator' })
  if (role === null) return []
  const through: GrantSource = { kind: 'organization_role', role }
  if (role === 'admin') return everything(through)
  return [{ through, where: { kind: 'organization' }, permits: scopesOfRole(role) }]
}

function everything(through: GrantSource): Grant[] {
  return [
    { through, where: { kind: 'organization' }, permits: scopesOfRole('admin') },
    { through, where: { kind: 'every_environment' }, permits: scopesOfLevel('admin') },
  ]
}

/** What being a member gives; a team token has it too, a billing manager only what they made themselves. */
function grantsOfMembership({ principal }: Actor, { role, defaultPermission }: Row): Grant[] {
  const grants: Grant[] = []
  if (defaultPermission !== 'none' && (role === 'member' || principal.kind === 'team')) {
    grants.push({
      through: { kind: 'organization_default' },
      where: { kind: 'every_environment' },
      permits: scopesOfLevel(defaultPermission),
    })
  }
  if (principal.kind === 'person') {
    grants.push({
      through: { kind: 'creator' },
      where: { kind: 'created_by', personId: principal.id },
      permits: scopesOfLevel('admin'),
    })
  }
  return grants
}

function grantsOnEnvironments({ direct }: Row): Grant[] {
  return direct.map((grant) => ({
    through: { kind: 'direct', grantId: grant.id },
    where: { kind: 'environment', id: grant.environment },
    permits: scopesOfLevel(grant.level satisfies Level),
    ...(grant.limit !== null && { maxOpenDurationSeconds: grant.limit }),
  }))
}
