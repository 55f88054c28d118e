/** Custom roles: scopes on the organization, and rules that give a level or a permission set on environments. */
import type { Actor } from '@/lib/access/actor'
import { type Gift, requireCovering } from '@/lib/access/covering'
import { scopesOfLevel, type Where } from '@/lib/access/grants'
import type { Level } from '@/lib/access/levels'
import { type OrganizationPermission, requireOrganization } from '@/lib/access/require'
import {
  isEnvironmentScope,
  isOrganizationScope,
  type OrganizationScope,
  type Scope,
} from '@/lib/access/scopes'
import { whereSchema } from '@/lib/access/standing-query'
import { appendAudit } from '@/lib/audit'
import { database, type Prisma, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { titleProblem } from './names'

export interface RoleRule {
  where: Where
  /** Exactly one of the two. */
  level?: Exclude<Level, 'none'>
  permissionSetId?: string
  maxOpenDurationSeconds?: number
}

export interface RoleContent {
  name: string
  description?: string
  organizationScopes: string[]
  rules: RoleRule[]
}

export interface RoleSummary {
  id: string
  name: string
  description: string
  organizationScopes: OrganizationScope[]
  rules: RoleRule[]
  modifiedAt: string
  /** Who has it. */
  uses: { members: number; teams: number; tokens: number }
}

const withUses = {
  rules: { orderBy: { position: 'asc' as const } },
  _count: { select: { members: true, teams: true, tokens: { where: { revokedAt: null, issuerId: null } } } },
} satisfies Prisma.RoleInclude

type RoleRow = Prisma.RoleGetPayload<{ include: typeof withUses }>

/** `GET /api/orgs/{org}/roles` gives at most this many rules each (http-api.md §2.1: 2000 entries per group). */
const mostRules = 500

export async function listRoles(
  actor: Actor,
  { organization }: { organization: string },
): Promise<RoleSummary[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'role:read' })
  const rows = await database().role.findMany({
    where: { organizationId: permission.organization.id },
    include: withUses,
    orderBy: { nameKey: 'asc' },
  })
  return rows.map(summary)
}

/** @throws Failure `not_found` */
export async function readRole(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<RoleSummary> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'role:read' })
  return summary(await findRole(database(), permission.organization.id, id))
}

/**
 * @throws Failure `invalid` with `details.field`, `conflict` for a name in use, `forbidden` also when the role would
 *   give what the actor does not have
 */
export function createRole(
  actor: Actor,
  input: { organization: string } & RoleContent,
): Promise<RoleSummary> {
  return changing(async (tx) => {
    const { organization } = input
    const permission = await requireOrganization(tx, actor, { organization, scope: 'role:create' })
    const data = await contentOf(tx, permission, input)
    const row = await tx.role.create({
      data: { organizationId: permission.organization.id, ...data.role, rules: { create: data.rules } },
      include: withUses,
    })
    await record(tx, actor, { event: 'custom-role-created', row })
    return summary(row)
  })
}

/** Takes effect at the next request of everybody who has the role. @throws Failure as {@link createRole} */
export function updateRole(
  actor: Actor,
  input: { organization: string; id: string } & RoleContent,
): Promise<RoleSummary> {
  return changing(async (tx) => {
    const { organization, id } = input
    const permission = await requireOrganization(tx, actor, { organization, scope: 'role:update' })
    const existing = await findRole(tx, permission.organization.id, id)
    const data = await contentOf(tx, permission, input)
    const row = await tx.role.update({
      where: { id: existing.id },
      data: { ...data.role, modifiedAt: new Date(), rules: { deleteMany: {}, create: data.rules } },
      include: withUses,
    })
    await record(tx, actor, { event: 'custom-role-updated', row })
    return summary(row)
  })
}

/** @throws Failure `not_found`, `conflict` while anybody has it */
export async function deleteRole(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<void> {
  await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'role:delete' })
    const row = await findRole(tx, permission.organization.id, id)
    const { members, teams, tokens } = row._count
    const invitations = await tx.invitation.count({
      where: { roleId: id, acceptedAt: null, canceledAt: null, expiresAt: { gt: new Date() } },
    })
    if (members + teams + tokens + invitations > 0) {
      throw new Failure('conflict', 'Members, teams, tokens or invitations still have this role.')
    }
    // Rows of what has ended still name the role, and tokens that were traded by it end with it.
    await tx.invitation.updateMany({ where: { roleId: id }, data: { roleId: null } })
    await tx.accessToken.updateMany({
      where: { roleId: id, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    await tx.accessToken.updateMany({
      where: { roleId: id },
      data: { roleId: null, organizationRole: 'member' },
    })
    await tx.role.delete({ where: { id } })
    await record(tx, actor, { event: 'custom-role-deleted', row })
  })
}

/** A role of this organization. @throws Failure `not_found` */
export async function findRole(tx: Transaction, organizationId: string, id: string): Promise<RoleRow> {
  const row = await tx.role.findFirst({ where: { id, organizationId }, include: withUses })
  if (!row) throw new Failure('not_found', 'Not Found: role')
  return row
}

/** Everything that having the role gives, to decide who may give it. */
export async function giftsOfRole(tx: Transaction, row: RoleRow): Promise<Gift[]> {
  const rules = row.rules.map(ruleOf)
  const scopes = row.organizationScopes.filter(isOrganizationScope)
  return giftsOf(tx, { organizationId: row.organizationId, scopes, rules })
}

interface Content {
  role: { name: string; nameKey: string; description: string; organizationScopes: OrganizationScope[] }
  rules: Prisma.RoleRuleUncheckedCreateWithoutRoleInput[]
}

async function contentOf(
  tx: Transaction,
  { organization, grants }: OrganizationPermission,
  input: RoleContent,
): Promise<Content> {
  const problem = titleProblem(input.name)
  if (problem) throw new Failure('invalid', problem.message, { field: 'name' })
  const scopes = [...new Set(input.organizationScopes.filter(isOrganizationScope))]
  if (scopes.length !== new Set(input.organizationScopes).size) {
    throw new Failure('invalid', 'Choose known organization scopes.', { field: 'organizationScopes' })
  }
  const rules = checkRules(input.rules)
  requireCovering(grants, await giftsOf(tx, { organizationId: organization.id, scopes, rules }))
  return {
    role: {
      name: input.name,
      nameKey: input.name.toLowerCase(),
      description: (input.description ?? '').slice(0, 500),
      organizationScopes: scopes,
    },
    rules: rules.map((rule, position) => ({
      position,
      where: JSON.parse(JSON.stringify(rule.where)),
      level: rule.level ?? null,
      permissionSetId: rule.permissionSetId ?? null,
      maxOpenDurationSeconds: rule.maxOpenDurationSeconds ?? null,
    })),
  }
}

function checkRules(rules: RoleRule[]): RoleRule[] {
  const invalid = (message: string) => new Failure('invalid', message, { field: 'rules' })
  if (rules.length > mostRules) throw invalid(`Use at most ${mostRules} rules.`)
  return rules.map(({ where, level, permissionSetId, maxOpenDurationSeconds }) => {
    const parsed = whereSchema.safeParse(where)
    if (!parsed.success) throw invalid('A rule has an unknown condition.')
    if ((level === undefined) === (permissionSetId === undefined)) {
      throw invalid('A rule gives either a level or a permission set.')
    }
    if (maxOpenDurationSeconds !== undefined && !(maxOpenDurationSeconds >= 60)) {
      throw invalid('The longest open must be at least a minute.')
    }
    return {
      where: parsed.data,
      ...(level !== undefined && { level }),
      ...(permissionSetId !== undefined && { permissionSetId }),
      ...(maxOpenDurationSeconds !== undefined && { maxOpenDurationSeconds }),
    }
  })
}

interface Giving {
  organizationId: string
  scopes: OrganizationScope[]
  rules: RoleRule[]
}

async function giftsOf(tx: Transaction, { organizationId, scopes, rules }: Giving): Promise<Gift[]> {
  const ids = rules.flatMap(({ permissionSetId }) => permissionSetId ?? [])
  const sets = await tx.permissionSet.findMany({ where: { organizationId, id: { in: ids } } })
  const scopesOfSet = new Map(
    sets.map(({ id, scopes }) => [id, new Set<Scope>(scopes.filter(isEnvironmentScope))]),
  )
  const onEnvironments = rules.map(({ where, level, permissionSetId, maxOpenDurationSeconds }): Gift => {
    const permits = level === undefined ? scopesOfSet.get(permissionSetId ?? '') : scopesOfLevel(level)
    if (!permits) throw new Failure('invalid', 'A rule names an unknown permission set.', { field: 'rules' })
    return { where, permits, ...(maxOpenDurationSeconds !== undefined && { maxOpenDurationSeconds }) }
  })
  return [{ where: { kind: 'organization' }, permits: new Set(scopes) }, ...onEnvironments]
}

async function changing(work: (tx: Transaction) => Promise<RoleSummary>): Promise<RoleSummary> {
  try {
    return await withTransaction(work)
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'A role of this name exists.', { field: 'name' })
  }
}

function record(
  tx: Transaction,
  actor: Actor,
  { event, row }: { event: string; row: RoleRow },
): Promise<void> {
  return appendAudit(tx, {
    actor,
    organizationId: row.organizationId,
    event,
    description: `Role ${row.name}`,
    data: { roleId: row.id, organizationScopes: row.organizationScopes, rules: row.rules.length },
  })
}

function ruleOf(row: RoleRow['rules'][number]): RoleRule {
  const { level, permissionSetId, maxOpenDurationSeconds } = row
  return {
    where: whereSchema.parse(row.where),
    ...(level !== null && { level }),
    ...(permissionSetId !== null && { permissionSetId }),
    ...(maxOpenDurationSeconds !== null && { maxOpenDurationSeconds }),
  }
}

function summary(row: RoleRow): RoleSummary {
  const { id, name, description, _count: uses } = row
  return {
    id,
    name,
    description,
    organizationScopes: row.organizationScopes.filter(isOrganizationScope),
    rules: row.rules.map(ruleOf),
    modifiedAt: row.modifiedAt.toISOString(),
    uses: { members: uses.members, teams: uses.teams, tokens: uses.tokens },
  }
}
