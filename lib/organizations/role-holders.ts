/** Who has a custom role, by name. */
import type { Actor } from '@/lib/access/actor'
import { requireOrganization } from '@/lib/access/require'
import { database } from '@/lib/db'
import { findRole } from './roles'

export interface RoleHolders {
  members: { login: string; name: string }[]
  teams: { name: string; displayName: string }[]
  /** Tokens of the organization that live; those that were traded for identity tokens are not listed. */
  tokens: { id: string; name: string }[]
}

/** @throws Failure `not_found`, `forbidden` */
export async function roleHolders(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<RoleHolders> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'role:read' })
  const organizationId = permission.organization.id
  await findRole(database(), organizationId, id)
  const members = await database().member.findMany({
    where: { organizationId, roleId: id },
    select: { person: { select: { login: true, name: true } } },
    orderBy: { person: { loginKey: 'asc' } },
  })
  const teams = await database().team.findMany({
    where: { organizationId, roles: { some: { roleId: id } } },
    select: { name: true, displayName: true },
    orderBy: { nameKey: 'asc' },
  })
  const tokens = await database().accessToken.findMany({
    where: { organizationId, roleId: id, revokedAt: null, issuerId: null },
    select: { id: true, name: true },
    orderBy: { createdAt: 'asc' },
  })
  return { members: members.map(({ person }) => person), teams, tokens }
}
