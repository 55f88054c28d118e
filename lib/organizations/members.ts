/** Members of an organization: who they are, which role they have, and leaving. */
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import { type Gift, requireCovering } from '@/lib/access/covering'
import { scopesOfLevel, scopesOfRole } from '@/lib/access/grants'
import type { Level } from '@/lib/access/levels'
import { refusing } from '@/lib/access/refused'
import { forbidden, organizationNotFound, requireOrganization } from '@/lib/access/require'
import type { OrganizationRole } from '@/lib/access/scopes'
import { loadStanding, type Standing } from '@/lib/access/standing'
import { appendAudit } from '@/lib/audit'
import { database, type Prisma, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { key } from './names'
import { findRole, giftsOfRole } from './roles'

export interface MemberSummary {
  login: string
  name: string
  email: string
  role: OrganizationRole
  /** A custom role, which takes the place of `member`. */
  customRole?: { id: string; name: string }
  teams: string[]
  joinedAt: string
  /** When they last used the console; absent = never. */
  lastActiveAt?: string
  disabled: boolean
}

const withPerson = {
  person: {
    include: {
      teams: { include: { team: true } },
      sessions: { orderBy: { lastSeenAt: 'desc' as const }, take: 1 },
    },
  },
  customRole: true,
} satisfies Prisma.MemberInclude

type MemberRow = Prisma.MemberGetPayload<{ include: typeof withPerson }>

export async function listMembers(
  actor: Actor,
  { organization }: { organization: string },
): Promise<MemberSummary[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'org_member:read' })
  const rows = await database().member.findMany({
    where: { organizationId: permission.organization.id },
    include: withPerson,
    orderBy: { person: { loginKey: 'asc' } },
  })
  return rows.map(summary)
}

/** A built-in role, or a custom one by its id. */
export type RoleChoice = { role: OrganizationRole } | { roleId: string }

/**
 * Takes effect at the member's next request.
 *
 * @throws Failure `not_found`, `conflict` for the last administrator, `forbidden` also for roles that give more than the
 *   actor has
 */
export async function changeMemberRole(
  actor: Actor,
  input: { organization: string; login: string } & RoleChoice,
): Promise<MemberSummary> {
  return withTransaction(async (tx) => {
    const { organization, login } = input
    const permission = await requireOrganization(tx, actor, { organization, scope: 'org_member:update' })
    const organizationId = permission.organization.id
    requireShared(permission.organization)
    await lockMembership(tx, organizationId)
    const before = await findMember(tx, organizationId, login)
    const data = await roleColumns(tx, organizationId, input)
    requireCovering(permission.grants, await giftsOfChoice(tx, organizationId, input))
    if (before.role === 'admin' || data.role === 'admin') requireMaySetAdmin(permission)
    if (before.role === 'admin' && data.role !== 'admin') await requireAnotherAdmin(tx, before)
    const row = await tx.member.update({
      where: { organizationId_personId: { organizationId, personId: before.personId } },
      data,
      include: withPerson,
    })
    await appendAudit(tx, {
      actor,
      organizationId,
      event: 'member-role-changed',
      description: `Changed the role of ${row.person.login}`,
      data: { login: row.person.login, before: roleName(before), after: roleName(row) },
    })
    return summary(row)
  })
}

export interface MemberRemoval {
  organization: string
  login: string
  /**
   * Who gets the environments that they own; unless named the administrator who removes them, or the one who has been
   * member for longest. Naming somebody gives them everything on these environments, so it takes having that.
   */
  newOwner?: string
}

/**
 * Removes a member, or lets oneself leave: grants, team memberships and open sessions end, owned environments get a new
 * owner. Their tokens and console sessions stay, and are worth nothing here from the next request on.
 *
 * @throws Failure `not_found`, `conflict` for the last administrator, `forbidden` also for administrators unless the actor
 *   may make some, and for a new owner who would get more than the actor has
 */
export async function removeMember(
  actor: Actor,
  { organization, login, newOwner }: MemberRemoval,
): Promise<void> {
  await withTransaction(async (tx) => {
    const standing = await loadStanding(tx, actor, { name: organization })
    if (!standing) throw organizationNotFound()
    const { principal } = actor
    const leaves = principal.kind === 'person' && key(principal.login) === key(login)
    if (!leaves && !may(standing.grants, 'org_member:delete').allowed) {
      throw refusing(forbidden('org_member:delete'), standing.grants)
    }
    requireShared(standing.organization)
    const organizationId = standing.organization.id
    await lockMembership(tx, organizationId)
    const row = await findMember(tx, organizationId, login)
    if (row.role === 'admin' && !leaves) requireMaySetAdmin(standing)
    if (row.role === 'admin') await requireAnotherAdmin(tx, row)
    await handOver(tx, row, await newOwnerOf(tx, actor, { standing, row, newOwner }))
    await endMembership(tx, row)
    await appendAudit(tx, {
      actor,
      organizationId,
      event: 'member-removed',
      description: leaves ? `${row.person.login} left` : `Removed ${row.person.login}`,
      data: { login: row.person.login },
    })
  })
}

/** A member of this organization. @throws Failure `not_found` */
export async function findMember(tx: Transaction, organizationId: string, login: string): Promise<MemberRow> {
  const row = await tx.member.findFirst({
    where: { organizationId, person: { loginKey: key(login) } },
    include: withPerson,
  })
  if (!row) throw new Failure('not_found', 'Not Found: member')
  return row
}

/** Changes of membership happen one after the other, so that two cannot both leave the last administrator out (A13). */
export async function lockMembership(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId} FOR UPDATE`
}

/** The columns that hold a chosen role. @throws Failure `not_found` for a role of another organization */
export async function roleColumns(tx: Transaction, organizationId: string, choice: RoleChoice) {
  if ('role' in choice) return { role: choice.role, roleId: null }
  const role = await findRole(tx, organizationId, choice.roleId)
  return { role: 'member' as const, roleId: role.id }
}

/** What a chosen role gives, to decide who may give it. */
export async function giftsOfChoice(
  tx: Transaction,
  organizationId: string,
  choice: RoleChoice,
): Promise<Gift[]> {
  if ('roleId' in choice) return giftsOfRole(tx, await findRole(tx, organizationId, choice.roleId))
  const level = await levelOfRole(tx, organizationId, choice.role)
  return [{ where: { kind: 'organization' }, permits: scopesOfRole(choice.role) }, giftEverywhere(level)]
}

async function levelOfRole(tx: Transaction, organizationId: string, role: OrganizationRole): Promise<Level> {
  if (role === 'admin') return 'admin'
  return role === 'member' ? defaultLevel(tx, organizationId) : 'none'
}

/** What members and team tokens may do with every environment. */
export async function defaultLevel(tx: Transaction, organizationId: string): Promise<Level> {
  const { defaultPermission } = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } })
  return defaultPermission
}

/** A level on all environments. */
export function giftEverywhere(level: Level): Gift {
  return { where: { kind: 'every_environment' }, permits: scopesOfLevel(level) }
}

/** Who may not make administrators does not unmake them either. */
function requireMaySetAdmin({ grants }: Pick<Standing, 'grants'>): void {
  if (may(grants, 'org_member:set_admin').allowed) return
  throw refusing(forbidden('org_member:set_admin'), grants)
}

async function requireAnotherAdmin(tx: Transaction, row: MemberRow): Promise<void> {
  const others = await tx.member.count({
    where: {
      organizationId: row.organizationId,
      role: 'admin',
      personId: { not: row.personId },
      person: { disabledAt: null },
    },
  })
  if (others === 0) throw new Failure('conflict', 'An organization keeps at least one administrator.')
}

function requireShared({ kind }: { kind: 'individual' | 'shared' }): void {
  if (kind === 'individual') {
    throw new Failure('conflict', 'An individual organization has its owner as its only member.')
  }
}

async function newOwnerOf(
  tx: Transaction,
  actor: Actor,
  { standing, row, newOwner }: { standing: Standing; row: MemberRow; newOwner: string | undefined },
): Promise<string | null> {
  if (newOwner !== undefined) {
    const owned: Gift['where'] = { kind: 'created_by', personId: row.personId }
    requireCovering(standing.grants, [{ where: owned, permits: scopesOfLevel('admin') }])
    const { personId } = await findMember(tx, row.organizationId, newOwner)
    if (personId !== row.personId) return personId
    throw new Failure('invalid', 'The new owner must be somebody else.', { field: 'newOwner' })
  }
  const { principal } = actor
  const isOther = principal.kind === 'person' && principal.id !== row.personId
  if (isOther && standing.role === 'admin') return principal.id
  const admin = await tx.member.findFirst({
    where: { organizationId: row.organizationId, role: 'admin', personId: { not: row.personId } },
    orderBy: { createdAt: 'asc' },
  })
  return admin?.personId ?? null
}

async function handOver(tx: Transaction, row: MemberRow, ownerId: string | null): Promise<void> {
  const { organizationId, personId } = row
  await tx.environment.updateMany({ where: { organizationId, ownerId: personId }, data: { ownerId } })
}

async function endMembership(tx: Transaction, { organizationId, personId }: MemberRow): Promise<void> {
  await tx.environmentGrant.deleteMany({
    where: { organizationId, principalKind: 'person', principalId: personId },
  })
  await tx.teamMember.deleteMany({ where: { personId, team: { organizationId } } })
  await tx.openSession.updateMany({
    where: { organizationId, personId, closedAt: null },
    data: { closedAt: new Date() },
  })
  await tx.person.updateMany({
    where: { id: personId, defaultOrganizationId: organizationId },
    data: { defaultOrganizationId: null },
  })
  await tx.member.delete({ where: { organizationId_personId: { organizationId, personId } } })
}

function roleName({ role, customRole }: MemberRow): string {
  return customRole?.name ?? role
}

function summary(row: MemberRow): MemberSummary {
  const { person, role, customRole, organizationId } = row
  const [lastSession] = person.sessions
  return {
    login: person.login,
    name: person.name,
    email: person.email,
    role,
    ...(customRole && { customRole: { id: customRole.id, name: customRole.name } }),
    teams: person.teams
      .filter(({ team }) => team.organizationId === organizationId)
      .map(({ team }) => team.name)
      .sort(),
    joinedAt: row.createdAt.toISOString(),
    ...(lastSession && { lastActiveAt: lastSession.lastSeenAt.toISOString() }),
    disabled: person.disabledAt !== null,
  }
}
