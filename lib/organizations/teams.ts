/** Teams: their members, the roles that they have, and the groups of single sign-on that fill them. */
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import { requireCovering } from '@/lib/access/covering'
import { refusing } from '@/lib/access/refused'
import { forbidden, organizationNotFound, requireOrganization } from '@/lib/access/require'
import { loadStanding, type Standing } from '@/lib/access/standing'
import { appendAudit } from '@/lib/audit'
import { database, type Prisma, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { findMember, giftsOfChoice } from './members'
import { key } from './names'
import { findRole, giftsOfRole } from './roles'
import { giftsOfJoining, roleIn } from './team-gifts'
import { requireTeamName } from './titles'

export interface TeamMemberSummary {
  login: string
  name: string
  role: 'member' | 'admin'
}

export interface TeamSummary {
  id: string
  name: string
  displayName: string
  description: string
  members: TeamMemberSummary[]
  roles: { id: string; name: string }[]
  /** Groups of single sign-on whose people are in the team. */
  groups: TeamGroup[]
  /** What the actor is in the team. */
  viewerRole: 'none' | 'member' | 'admin'
}

interface TeamReference {
  organization: string
  team: string
}

const withEverything = {
  members: { include: { person: true }, orderBy: { person: { loginKey: 'asc' as const } } },
  roles: { include: { role: true } },
  groups: true,
} satisfies Prisma.TeamInclude

export type TeamRow = Prisma.TeamGetPayload<{ include: typeof withEverything }>

export async function listTeams(
  actor: Actor,
  { organization }: { organization: string },
): Promise<TeamSummary[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'team:list' })
  const rows = await database().team.findMany({
    where: { organizationId: permission.organization.id },
    include: withEverything,
    orderBy: { nameKey: 'asc' },
  })
  return rows.map((row) => summary(row, actor))
}

/** The teams of one member. @throws Failure `not_found`, `forbidden` */
export async function teamsOfMember(
  actor: Actor,
  { organization, login }: { organization: string; login: string },
): Promise<TeamSummary[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'team:list' })
  const organizationId = permission.organization.id
  const { personId } = await findMember(database(), organizationId, login)
  const rows = await database().team.findMany({
    where: { organizationId, members: { some: { personId } } },
    include: withEverything,
    orderBy: { nameKey: 'asc' },
  })
  return rows.map((row) => summary(row, actor))
}

/** @throws Failure `not_found` */
export async function readTeam(actor: Actor, { organization, team }: TeamReference): Promise<TeamSummary> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'team:read' })
  return summary(await findTeam(database(), permission.organization.id, team), actor)
}

export interface TeamDescription {
  displayName?: string
  description?: string
}

/** @throws Failure `invalid`, `conflict` for a name in use, `forbidden` */
export async function createTeam(
  actor: Actor,
  { organization, name, ...text }: { organization: string; name: string } & TeamDescription,
): Promise<TeamSummary> {
  requireTeamName(name, 'name')
  try {
    return await withTransaction(async (tx) => {
      const permission = await requireOrganization(tx, actor, { organization, scope: 'team:create' })
      const row = await tx.team.create({
        data: { organizationId: permission.organization.id, name, nameKey: key(name), ...textOf(text) },
        include: withEverything,
      })
      await record(tx, actor, { row, event: 'team-created', description: `Created the team ${name}` })
      return summary(row, actor)
    })
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'A team of this name exists.', { field: 'name' })
  }
}

export async function updateTeam(actor: Actor, input: TeamReference & TeamDescription): Promise<TeamSummary> {
  return changing(actor, input, {
    scope: 'team:update',
    describe: 'Changed the texts of the team',
    change: (tx, row) => tx.team.update({ where: { id: row.id }, data: textOf(input) }),
  })
}

/** Revokes the team's tokens and removes its grants. */
export async function deleteTeam(actor: Actor, { organization, team }: TeamReference): Promise<void> {
  await withTransaction(async (tx) => {
    const permission = await requireOrganization(tx, actor, { organization, scope: 'team:delete' })
    const row = await findTeam(tx, permission.organization.id, team)
    await tx.accessToken.updateMany({
      where: { teamId: row.id, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    await tx.environmentGrant.deleteMany({
      where: { organizationId: row.organizationId, principalKind: 'team', principalId: row.id },
    })
    await tx.team.delete({ where: { id: row.id } })
    await record(tx, actor, { row, event: 'team-deleted', description: `Deleted the team ${row.name}` })
  })
}

export interface TeamMemberChange extends TeamReference {
  login: string
  /** `promote` makes them administrator of the team, `demote` a plain member again. */
  action: 'add' | 'remove' | 'promote' | 'demote'
}

/**
 * For administrators of the team too; adding somebody gives them what the team has, so it takes having that.
 *
 * @throws Failure `not_found` for a person who is no member of the organization, `forbidden`
 */
export async function changeTeamMember(actor: Actor, input: TeamMemberChange): Promise<TeamSummary> {
  const { login, action } = input
  return changing(actor, input, {
    scope: 'team:update',
    orTeamAdmin: true,
    describe: `${labels[action]} ${login}`,
    gives: action === 'add' || action === 'promote',
    change: async (tx, row) => {
      const member = await tx.member.findFirst({
        where: { organizationId: row.organizationId, person: { loginKey: key(login) } },
      })
      if (!member) throw new Failure('not_found', 'Not Found: member')
      await applyMemberChange(tx, { teamId: row.id, personId: member.personId, action })
    },
  })
}

const labels = {
  add: 'Added',
  remove: 'Removed',
  promote: 'Made administrator:',
  demote: 'Made plain member:',
} as const

async function applyMemberChange(
  tx: Transaction,
  { teamId, personId, action }: { teamId: string; personId: string; action: TeamMemberChange['action'] },
): Promise<void> {
  const where = { teamId_personId: { teamId, personId } }
  if (action === 'add') {
    await tx.teamMember.upsert({ where, create: { teamId, personId }, update: {} })
    return
  }
  const { count } =
    action === 'remove'
      ? await tx.teamMember.deleteMany({ where: { teamId, personId } })
      : await tx.teamMember.updateMany({
          where: { teamId, personId },
          data: { role: action === 'promote' ? 'admin' : 'member' },
        })
  if (count === 0) throw new Failure('not_found', 'Not Found: member of the team')
}

export async function addTeamRole(
  actor: Actor,
  input: TeamReference & { roleId: string },
): Promise<TeamSummary> {
  return changing(actor, input, {
    scope: 'team:update',
    describe: 'Gave a role to the team',
    change: async (tx, row, standing) => {
      const role = await findRole(tx, row.organizationId, input.roleId)
      requireCovering(standing.grants, await giftsOfRole(tx, role))
      const link = { teamId: row.id, roleId: role.id }
      await tx.teamRole.upsert({ where: { teamId_roleId: link }, create: link, update: {} })
    },
  })
}

export async function removeTeamRole(
  actor: Actor,
  input: TeamReference & { roleId: string },
): Promise<TeamSummary> {
  return changing(actor, input, {
    scope: 'team:update',
    describe: 'Took a role from the team',
    change: async (tx, row) => {
      const { count } = await tx.teamRole.deleteMany({ where: { teamId: row.id, roleId: input.roleId } })
      if (count === 0) throw new Failure('not_found', 'Not Found: role of the team')
    },
  })
}

/** A group as the provider of single sign-on names it. */
export interface TeamGroup {
  /** Of the provider. */
  issuer: string
  group: string
}

/**
 * Whoever signs in by `issuer` with one of these groups will be in the team. Replaces what was there.
 *
 * @throws Failure `invalid` (with `details.field`), `not_found`, `forbidden`
 */
export async function setTeamGroups(
  actor: Actor,
  input: TeamReference & { groups: TeamGroup[] },
): Promise<TeamSummary> {
  const groups = checkGroups(input.groups)
  return changing(actor, input, {
    scope: 'team:update',
    describe: 'Changed the groups of the team',
    gives: true,
    change: async (tx, row, standing) => {
      // Whoever comes by a group becomes a member of the organization, too.
      if (!may(standing.grants, 'org_member:add').allowed) {
        throw refusing(forbidden('org_member:add'), standing.grants)
      }
      requireCovering(standing.grants, await giftsOfChoice(tx, row.organizationId, { role: 'member' }))
      await tx.teamGroup.deleteMany({ where: { teamId: row.id } })
      await tx.teamGroup.createMany({ data: groups.map((group) => ({ teamId: row.id, ...group })) })
    },
  })
}

const longestGroup = 200

function checkGroups(groups: readonly TeamGroup[]): TeamGroup[] {
  const unique = new Map(
    groups.map(({ issuer, group }) => [JSON.stringify([issuer, group]), { issuer, group }]),
  )
  for (const { group } of unique.values()) {
    if (group.trim() === '' || group.length > longestGroup) {
      throw new Failure('invalid', `A group has 1 to ${longestGroup} characters.`, { field: 'group' })
    }
  }
  return [...unique.values()]
}

/** A team of this organization. @throws Failure `not_found` */
export async function findTeam(tx: Transaction, organizationId: string, name: string): Promise<TeamRow> {
  const row = await tx.team.findFirst({
    where: { organizationId, nameKey: key(name) },
    include: withEverything,
  })
  if (!row) throw new Failure('not_found', 'Not Found: team')
  return row
}

/** Teams of this organization; those that are gone are left out. */
export function findTeamsById(
  tx: Transaction,
  organizationId: string,
  ids: readonly string[],
): Promise<TeamRow[]> {
  return tx.team.findMany({ where: { organizationId, id: { in: [...ids] } }, include: withEverything })
}

interface Changing {
  scope: 'team:update'
  /** Whether administrators of the team may do it without the scope. */
  orTeamAdmin?: boolean
  /** Whether it gives somebody what the team has. */
  gives?: boolean
  describe: string
  change(tx: Transaction, row: TeamRow, standing: Standing): Promise<unknown>
}

async function changing(actor: Actor, reference: TeamReference, what: Changing): Promise<TeamSummary> {
  return withTransaction(async (tx) => {
    const standing = await loadStanding(tx, actor, { name: reference.organization })
    if (!standing) throw organizationNotFound()
    const row = await findTeam(tx, standing.organization.id, reference.team)
    const administers = what.orTeamAdmin === true && roleIn(row, actor) === 'admin'
    if (!administers && !may(standing.grants, what.scope).allowed) {
      throw refusing(forbidden(what.scope), standing.grants)
    }
    if (what.gives) requireCovering(standing.grants, await giftsOfJoining(tx, row, actor))
    await what.change(tx, row, standing)
    await record(tx, actor, { row, event: 'team-updated', description: `${what.describe} (${row.name})` })
    return summary(await findTeam(tx, standing.organization.id, reference.team), actor)
  })
}

interface Entry {
  row: TeamRow
  event: string
  description: string
}

function record(tx: Transaction, actor: Actor, { row, event, description }: Entry): Promise<void> {
  const { organizationId, id, name } = row
  return appendAudit(tx, { actor, organizationId, event, description, data: { teamId: id, team: name } })
}

function textOf({ displayName, description }: TeamDescription) {
  return {
    ...(displayName !== undefined && { displayName: displayName.slice(0, 100) }),
    ...(description !== undefined && { description: description.slice(0, 500) }),
  }
}

function summary(row: TeamRow, actor: Actor): TeamSummary {
  const { id, name, displayName, description } = row
  return {
    id,
    name,
    displayName,
    description,
    members: row.members.map(({ person, role }) => ({ login: person.login, name: person.name, role })),
    roles: row.roles.map(({ role }) => ({ id: role.id, name: role.name })),
    groups: row.groups.map(({ issuer, group }) => ({ issuer, group })),
    viewerRole: roleIn(row, actor),
  }
}
