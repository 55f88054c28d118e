/** Settings of an organization, and making and renaming one. */
import type { Actor } from '@/lib/access/actor'
import { requireCovering } from '@/lib/access/covering'
import { rank } from '@/lib/access/levels'
import { requirePerson } from '@/lib/access/person'
import { requireOrganization } from '@/lib/access/require'
import type { OrganizationFacts } from '@/lib/access/standing'
import { appendAudit } from '@/lib/audit'
import { database, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Organization } from '@/lib/generated/prisma/client'
import { insertOrganization, requireOrganizationName } from './create'
import { giftEverywhere } from './members'
import { key } from './names'

export interface OrganizationSettings {
  id: string
  name: string
  displayName: string
  kind: OrganizationFacts['kind']
  createdAt: string
  /** What members may do with every environment. */
  defaultPermission: OrganizationFacts['defaultPermission']
  /** Tokens with a longer remaining lifetime are refused; absent = any is accepted. */
  maxTokenLifetimeDays?: number
  /** Whether `fn::open::oidc` issues identity tokens for any audience. */
  identityTokens: boolean
  memberCount: number
  environmentCount: number
}

/** @throws Failure `not_found` */
export async function readSettings(
  actor: Actor,
  { organization }: { organization: string },
): Promise<OrganizationSettings> {
  const permission = await requireOrganization(database(), actor, {
    organization,
    scope: 'organization:read',
  })
  return settingsOf(permission.organization.id)
}

export interface SettingsChange {
  displayName?: string
  defaultPermission?: OrganizationFacts['defaultPermission']
  /** 1 to 3650; null = any lifetime. */
  maxTokenLifetimeDays?: number | null
  identityTokens?: boolean
}

/** @throws Failure `invalid`, `forbidden` also for a default permission that is more than the actor has */
export async function changeSettings(
  actor: Actor,
  { organization, ...change }: { organization: string } & SettingsChange,
): Promise<OrganizationSettings> {
  const { displayName, defaultPermission, maxTokenLifetimeDays, identityTokens } = change
  if (maxTokenLifetimeDays != null && !(maxTokenLifetimeDays >= 1 && maxTokenLifetimeDays <= 3650)) {
    throw new Failure('invalid', 'Choose from 1 to 3650 days.', { field: 'maxTokenLifetimeDays' })
  }
  if (displayName !== undefined && displayName.length > 100) {
    throw new Failure('invalid', 'Use at most 100 characters.', { field: 'displayName' })
  }
  const data = {
    ...(displayName !== undefined && { displayName }),
    ...(defaultPermission !== undefined && { defaultPermission }),
    ...(maxTokenLifetimeDays !== undefined && { maxTokenLifetimeDays }),
    ...(identityTokens !== undefined && { identityTokens }),
  }
  const id = await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'organization:update' })
    const { id: organizationId, defaultPermission: before } = permission.organization
    if (defaultPermission !== undefined && rank(defaultPermission) > rank(before)) {
      requireCovering(permission.grants, [giftEverywhere(defaultPermission)])
    }
    await tx.organization.update({ where: { id: organizationId }, data })
    await appendAudit(tx, {
      actor,
      organizationId,
      event: 'organization-settings-changed',
      description: 'Changed the settings of the organization',
      data,
    })
    return organizationId
  })
  return settingsOf(id)
}

/**
 * A shared organization with the actor as its administrator.
 *
 * @throws Failure `invalid`, `conflict` for a name in use, `forbidden` for actors that are no person
 */
export async function createOrganization(
  actor: Actor,
  { name, displayName = '' }: { name: string; displayName?: string },
): Promise<OrganizationSettings> {
  const person = requirePerson(actor)
  requireOrganizationName(name, 'name')
  const id = await unlessTaken(() =>
    withTransaction((tx) =>
      insertOrganization(tx, actor, { name, displayName, kind: 'shared', adminId: person.id }),
    ),
  )
  return settingsOf(id)
}

/**
 * The organization's name is in every address, token policy and trust of it; those with the old name stop working.
 *
 * @throws Failure `invalid`, `conflict` for a name in use and for individual organizations, `forbidden`
 */
export async function renameOrganization(
  actor: Actor,
  { organization, name }: { organization: string; name: string },
): Promise<OrganizationSettings> {
  requireOrganizationName(name, 'name')
  const id = await unlessTaken(() =>
    withTransaction(async (tx) => {
      const permission = await requireOrganization(tx, actor, { organization, scope: 'organization:rename' })
      const { id: organizationId, kind, name: before } = permission.organization
      if (kind === 'individual') {
        throw new Failure('conflict', 'An individual organization is named like its owner’s login.')
      }
      await tx.organization.update({ where: { id: organizationId }, data: { name, nameKey: key(name) } })
      await appendAudit(tx, {
        actor,
        organizationId,
        event: 'organization-settings-changed',
        description: `Renamed the organization from ${before} to ${name}`,
        data: { before, after: name },
      })
      return organizationId
    }),
  )
  return settingsOf(id)
}

async function unlessTaken(work: () => Promise<string>): Promise<string> {
  try {
    return await work()
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'This organization name is taken.', { field: 'name' })
  }
}

async function settingsOf(id: string): Promise<OrganizationSettings> {
  const row = await database().organization.findUniqueOrThrow({
    where: { id },
    include: { _count: { select: { members: true, environments: { where: { deletedAt: null } } } } },
  })
  return summary(row, row._count)
}

function summary(row: Organization, counts: { members: number; environments: number }): OrganizationSettings {
  const { id, name, displayName, kind, defaultPermission, maxTokenLifetimeDays, identityTokens } = row
  return {
    id,
    name,
    displayName,
    kind,
    createdAt: row.createdAt.toISOString(),
    defaultPermission,
    ...(maxTokenLifetimeDays !== null && { maxTokenLifetimeDays }),
    identityTokens,
    memberCount: counts.members,
    environmentCount: counts.environments,
  }
}
