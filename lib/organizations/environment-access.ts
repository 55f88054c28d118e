/** Who has what on one environment: everything that gives it, and the direct grants that can be changed here. */
import type { Actor } from '@/lib/access/actor'
import { requireCoveringOn } from '@/lib/access/covering'
import { scopesOfLevel } from '@/lib/access/grants'
import type { Level } from '@/lib/access/levels'
import { type EnvironmentPermission, requireEnvironment } from '@/lib/access/require'
import { appendAudit } from '@/lib/audit'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { EnvironmentGrant } from '@/lib/generated/prisma/client'
import { findMember } from './members'
import { findTeam } from './teams'

interface EnvironmentReference {
  organization: string
  project: string
  name: string
}

/** A person by login, or a team by name. */
export type GrantHolder = { login: string } | { team: string }

export type EnvironmentGrantSummary = GrantHolder & {
  id: string
  level: Exclude<Level, 'none'>
  maxOpenDurationSeconds?: number
  createdAt: string
}

/** The direct grants on an environment. @throws Failure `not_found`, `forbidden` */
export async function listGrants(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<EnvironmentGrantSummary[]> {
  const { environment } = await requireEnvironment(database(), actor, {
    ...reference,
    scope: 'environment_access:read',
  })
  const { id, organizationId } = environment
  const rows = await database().environmentGrant.findMany({
    where: { environmentId: id, organizationId },
    orderBy: { createdAt: 'asc' },
  })
  const holders = await holdersOf(rows)
  return rows.flatMap((row) => {
    const holder = holders.get(row.principalId)
    return holder ? [summary(row, holder)] : []
  })
}

export type GrantChange = EnvironmentReference &
  GrantHolder & { level: Exclude<Level, 'none'>; maxOpenDurationSeconds?: number }

/**
 * Gives a member or a team a level on the environment, in place of the direct grant that they had.
 *
 * @throws Failure `not_found` for people who are no members, `invalid`, `forbidden` also for more than the actor has
 */
export async function setGrant(actor: Actor, input: GrantChange): Promise<EnvironmentGrantSummary> {
  const { level, maxOpenDurationSeconds: limit } = input
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 60)) {
    throw new Failure('invalid', 'The longest open must be at least a minute.', {
      field: 'maxOpenDurationSeconds',
    })
  }
  return withTransaction(async (tx) => {
    const permission = await requireEnvironment(tx, actor, { ...input, scope: 'environment_access:update' })
    const { environment, facts, grants } = permission
    requireCoveringOn(grants, facts, {
      permits: scopesOfLevel(level),
      ...(limit !== undefined && { maxOpenDurationSeconds: limit }),
    })
    const holder = await principalOf(tx, environment.organizationId, input)
    const row = await tx.environmentGrant.upsert({
      where: { environmentId_principalKind_principalId: { environmentId: environment.id, ...holder } },
      create: {
        organizationId: environment.organizationId,
        environmentId: environment.id,
        ...holder,
        level,
        maxOpenDurationSeconds: limit ?? null,
      },
      update: { level, maxOpenDurationSeconds: limit ?? null },
    })
    await record(tx, actor, { permission, holder: input, change: `Gave ${level}` })
    return summary(row, nameOf(input))
  })
}

/** @throws Failure `not_found`, `forbidden` */
export async function removeGrant(actor: Actor, input: EnvironmentReference & GrantHolder): Promise<void> {
  await withTransaction(async (tx) => {
    const permission = await requireEnvironment(tx, actor, { ...input, scope: 'environment_access:update' })
    const { id: environmentId, organizationId } = permission.environment
    const holder = await principalOf(tx, organizationId, input)
    const { count } = await tx.environmentGrant.deleteMany({
      where: { organizationId, environmentId, ...holder },
    })
    if (count === 0) throw new Failure('not_found', 'Not Found: grant')
    await record(tx, actor, { permission, holder: input, change: 'Took the direct grant' })
  })
}

interface PrincipalColumns {
  principalKind: 'person' | 'team'
  principalId: string
}

async function principalOf(
  tx: Transaction,
  organizationId: string,
  holder: GrantHolder,
): Promise<PrincipalColumns> {
  if ('team' in holder) {
    return { principalKind: 'team', principalId: (await findTeam(tx, organizationId, holder.team)).id }
  }
  const { personId } = await findMember(tx, organizationId, holder.login)
  return { principalKind: 'person', principalId: personId }
}

async function holdersOf(rows: EnvironmentGrant[]): Promise<Map<string, GrantHolder>> {
  const ids = rows.map(({ principalId }) => principalId)
  const people = await database().person.findMany({ where: { id: { in: ids } } })
  const teams = await database().team.findMany({ where: { id: { in: ids } } })
  return new Map<string, GrantHolder>([
    ...people.map(({ id, login }): [string, GrantHolder] => [id, { login }]),
    ...teams.map(({ id, name }): [string, GrantHolder] => [id, { team: name }]),
  ])
}

interface Entry {
  permission: EnvironmentPermission
  holder: GrantHolder
  change: string
}

function record(tx: Transaction, actor: Actor, { permission, holder, change }: Entry): Promise<void> {
  const { id, organizationId, project, name } = permission.environment
  const to = nameOf(holder)
  return appendAudit(tx, {
    actor,
    organizationId,
    event: 'environment-access-updated',
    description: `${change}: ${'team' in to ? `team ${to.team}` : to.login}`,
    environment: { id, name: `${project}/${name}` },
    data: { ...to },
  })
}

/** Only the name, whatever else the input carries. */
function nameOf(holder: GrantHolder): GrantHolder {
  return 'team' in holder ? { team: holder.team } : { login: holder.login }
}

function summary(row: EnvironmentGrant, holder: GrantHolder): EnvironmentGrantSummary {
  const { id, level, maxOpenDurationSeconds, createdAt } = row
  return {
    ...holder,
    id,
    level,
    ...(maxOpenDurationSeconds !== null && { maxOpenDurationSeconds }),
    createdAt: createdAt.toISOString(),
  }
}
