/** Named sets of environment scopes, made by administrators and used by the rules of custom roles. */
import type { Actor } from '@/lib/access/actor'
import { requireCovering } from '@/lib/access/covering'
import { type OrganizationPermission, requireOrganization } from '@/lib/access/require'
import { type EnvironmentScope, isEnvironmentScope } from '@/lib/access/scopes'
import { appendAudit } from '@/lib/audit'
import { database, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { PermissionSet } from '@/lib/generated/prisma/client'
import { requireTitle } from './titles'

export interface PermissionSetContent {
  name: string
  description?: string
  /** Environment scopes, at least one. */
  scopes: string[]
}

export interface PermissionSetSummary {
  id: string
  name: string
  description: string
  scopes: EnvironmentScope[]
  /** How many rules of roles use it; it cannot be deleted while any does. */
  uses: number
}

interface InOrganization {
  organization: string
}

export async function listPermissionSets(
  actor: Actor,
  { organization }: InOrganization,
): Promise<PermissionSetSummary[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'role:read' })
  const rows = await database().permissionSet.findMany({
    where: { organizationId: permission.organization.id },
    include: { _count: { select: { rules: true } } },
    orderBy: { nameKey: 'asc' },
  })
  return rows.map((row) => summary(row, row._count.rules))
}

/** @throws Failure `invalid`, `conflict` for a name in use, `forbidden` also for scopes that the actor lacks */
export async function createPermissionSet(
  actor: Actor,
  input: InOrganization & PermissionSetContent,
): Promise<PermissionSetSummary> {
  return changing(actor, input, async (tx, permission, data) => {
    const row = await tx.permissionSet.create({
      data: { organizationId: permission.organization.id, ...data },
    })
    return { row, uses: 0, event: 'permission-set-created' }
  })
}

/** Changes what every role that uses the set gives. @throws Failure as {@link createPermissionSet}, `not_found` */
export async function updatePermissionSet(
  actor: Actor,
  input: InOrganization & PermissionSetContent & { id: string },
): Promise<PermissionSetSummary> {
  return changing(actor, input, async (tx, permission, data) => {
    const [row] = await tx.permissionSet.updateManyAndReturn({
      where: { id: input.id, organizationId: permission.organization.id },
      data,
    })
    if (!row) throw notFound()
    const uses = await tx.roleRule.count({ where: { permissionSetId: row.id } })
    return { row, uses, event: 'permission-set-updated' }
  })
}

/** @throws Failure `not_found`, `conflict` while a role uses it */
export async function deletePermissionSet(
  actor: Actor,
  { organization, id }: InOrganization & { id: string },
): Promise<void> {
  await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'role:delete' })
    const where = { id, organizationId: permission.organization.id }
    const row = await tx.permissionSet.findFirst({ where, include: { _count: { select: { rules: true } } } })
    if (!row) throw notFound()
    if (row._count.rules > 0) throw new Failure('conflict', 'A role still uses this permission set.')
    await tx.permissionSet.delete({ where: { id: row.id } })
    await record(tx, actor, { permission, event: 'permission-set-deleted', row })
  })
}

interface Change {
  row: PermissionSet
  uses: number
  event: string
}

type Content = { name: string; nameKey: string; description: string; scopes: EnvironmentScope[] }

async function changing(
  actor: Actor,
  input: InOrganization & PermissionSetContent,
  change: (tx: Transaction, permission: OrganizationPermission, data: Content) => Promise<Change>,
): Promise<PermissionSetSummary> {
  const data = contentOf(input)
  try {
    return await withTransaction(async (tx) => {
      const { organization } = input
      const permission = await requireOrganization(tx, actor, { organization, scope: 'role:update' })
      // Where the set will apply is up to the roles, so its scopes must be held everywhere.
      requireCovering(permission.grants, [
        { where: { kind: 'every_environment' }, permits: new Set(data.scopes) },
      ])
      const { row, uses, event } = await change(tx, permission, data)
      await record(tx, actor, { permission, event, row })
      return summary(row, uses)
    })
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'A permission set of this name exists.', { field: 'name' })
  }
}

function contentOf({ name, description = '', scopes }: PermissionSetContent): Content {
  requireTitle(name, 'name')
  const unknown = scopes.filter((scope) => !isEnvironmentScope(scope))
  if (unknown.length > 0 || scopes.length === 0) {
    throw new Failure('invalid', 'Choose at least one environment scope, and only known ones.', {
      field: 'scopes',
    })
  }
  return {
    name,
    nameKey: name.toLowerCase(),
    description: description.slice(0, 500),
    scopes: [...new Set(scopes.filter(isEnvironmentScope))],
  }
}

interface Entry {
  permission: OrganizationPermission
  event: string
  row: PermissionSet
}

function record(tx: Transaction, actor: Actor, { permission, event, row }: Entry): Promise<void> {
  return appendAudit(tx, {
    actor,
    organizationId: permission.organization.id,
    event,
    description: `Permission set ${row.name}`,
    data: { permissionSetId: row.id, scopes: row.scopes },
  })
}

function notFound(): Failure {
  return new Failure('not_found', 'Not Found: permission set')
}

function summary(row: PermissionSet, uses: number): PermissionSetSummary {
  const { id, name, description } = row
  return { id, name, description, scopes: row.scopes.filter(isEnvironmentScope), uses }
}
