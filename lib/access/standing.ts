/**
 * Where an actor stands in one organization: loaded with one statement, in the transaction that acts on it.
 */
import { Prisma, type Statements, selectRows } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import type { Actor } from './actor'
import { type Arrival, type EnvironmentPlace, takeArrival } from './arrival'
import { type EnvironmentFacts, type Grant, type GrantSource, scopesOfLevel, scopesOfRole } from './grants'
import { type KnownStanding, keepForRequest, keptForRequest, rememberStanding } from './known-standings'
import { holds } from './refused'
import type { EnvironmentScope, OrganizationRole, Scope } from './scopes'
import {
  confirmationQuery,
  confirmationRow,
  evidenceSql,
  type HeldRole,
  holderOf,
  type OrganizationReference,
  type StandingRow,
  standingQuery,
  standingRow,
} from './standing-query'

export type { OrganizationReference } from './standing-query'

export interface OrganizationFacts {
  id: string
  name: string
  displayName: string
  kind: 'individual' | 'shared'
  defaultPermission: 'none' | 'read' | 'open' | 'write'
}

export interface Standing {
  organization: OrganizationFacts
  /** The actor's built-in role; absent for team tokens, the operator, and holders of a custom role. */
  role?: OrganizationRole
  grants: Grant[]
}

/**
 * @returns undefined when there is no such organization or the actor has no part in it: the two look alike
 * @throws Failure `forbidden` when the actor's token lives longer than the organization allows
 */
export async function loadStanding(
  tx: Statements,
  actor: Actor,
  reference: OrganizationReference,
): Promise<Standing | undefined> {
  const row = await loadRow(tx, standingQuery(holderOf(actor), reference))
  return row && standingOf(actor, row)
}

export interface FoundEnvironment {
  environment: Environment
  /** What rules may ask about it. */
  facts: EnvironmentFacts
}

export interface StandingAt {
  standing: Standing
  found: FoundEnvironment | null
}

/**
 * {@link loadStanding} and a living environment of the organization, in one statement: where it can, in the one that
 * recognized the request's token or session. Later in the same request it is enough to have that confirmed. Says nothing about
 * permission.
 */
export async function loadStandingAt(
  tx: Statements,
  actor: Actor,
  place: EnvironmentPlace,
): Promise<StandingAt | undefined> {
  const arrival = takeArrival(tx, actor, place)
  if (arrival) return standingOnArrival(actor, arrival)
  const known = keptForRequest(actor, place)
  const [answer] = known ? await selectRows(tx, confirmationQuery(holderOf(actor), evidenceSql(known))) : []
  if (known && answer !== undefined) return confirmed(actor, known, answer)
  const { organization, project, name } = place
  const row = await loadRow(tx, standingQuery(holderOf(actor), { name: organization }, { project, name }))
  return row && { standing: standingOf(actor, row), found: row.environment }
}

function standingOnArrival(actor: Actor, { place, holder, known, answer }: Arrival): StandingAt | undefined {
  if (known) {
    keepForRequest(actor, place, known)
    return confirmed(actor, known, answer)
  }
  const row = parseRow(answer)
  if (row === undefined) return undefined
  const { stamp, environment: found, accesses } = row
  const standing = standingOf(actor, row)
  // Approvals to open end by the clock, and their grants say how much is left.
  if (found !== null && accesses.length === 0) {
    const fresh = { organizationId: row.id, environmentId: found.environment.id, stamp, standing, found }
    if (holder) rememberStanding(holder, place, fresh)
    keepForRequest(actor, place, fresh)
  }
  return { standing, found }
}

/** @param answer a row of the confirmation: with what may have changed nevertheless */
function confirmed(actor: Actor, { standing, found }: KnownStanding, answer: unknown): StandingAt {
  const { tokenLimitDays, ...newest } = confirmationRow.parse(answer)
  const { organization } = standing
  refuseTooLong(organization.name, tokenLimitDays)
  const grants = holds({ actor, organizationId: organization.id }, [...standing.grants])
  const environment = { ...found.environment, ...newest }
  return { standing: { ...standing, grants }, found: { environment, facts: { ...found.facts, ...newest } } }
}

/**
 * A query that answers a row if the actor still stands where this request found them, by a token that may still be used
 * there; undefined when that takes more than one statement.
 */
export function unchangedStanding(actor: Actor, place: EnvironmentPlace): Prisma.Sql | undefined {
  const known = keptForRequest(actor, place)
  if (known === undefined) return undefined
  const query = confirmationQuery(holderOf(actor), evidenceSql(known))
  return Prisma.sql`SELECT FROM (${query}) confirmed WHERE "tokenLimitDays" IS NULL`
}

async function loadRow(tx: Statements, query: Prisma.Sql): Promise<StandingRow | undefined> {
  const [first] = await selectRows(tx, query)
  return parseRow(first)
}

function parseRow(value: unknown): StandingRow | undefined {
  if (value === undefined || value === null) return undefined
  const row = standingRow.parse(value)
  refuseTooLong(row.name, row.tokenLimitDays)
  return row
}

/** The actor's grants in an organization; none when they have no part in it. */
export async function loadGrants(tx: Statements, actor: Actor, organizationId: string): Promise<Grant[]> {
  return (await loadStanding(tx, actor, { id: organizationId }))?.grants ?? []
}

/** @param days set when the token lives longer than the organization allows */
function refuseTooLong(organization: string, days: number | null): void {
  if (days === null) return
  throw new Failure(
    'forbidden',
    `The organization ${organization} accepts only access tokens that expire within ${days} days.`,
  )
}

/** Whoever acts in an organization may know that it exists. */
const alwaysHeld: readonly Scope[] = ['organization:read']

function standingOf(actor: Actor, row: StandingRow): Standing {
  const { id, name, displayName, kind, defaultPermission, role } = row
  const grants = [
    ...grantsOfRole(actor, row),
    ...grantsOfMembership(actor, row),
    ...row.roles.flatMap(grantsOfCustomRole),
    ...grantsOnEnvironments(row),
    ...grantsByApproval(row),
  ]
  return {
    organization: { id, name, displayName, kind, defaultPermission },
    ...(role !== null && { role }),
    grants: holds({ actor, organizationId: id }, grants),
  }
}

function grantsOfRole(actor: Actor, { role }: StandingRow): Grant[] {
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
function grantsOfMembership({ principal }: Actor, { role, defaultPermission }: StandingRow): Grant[] {
  const grants: Grant[] = []
  if (defaultPermission !== 'none' && (role === 'member' || principal.kind === 'team')) {
    grants.push({
      through: { kind: 'organization_default' },
      where: { kind: 'every_environment' },
      permits: scopesOfLevel(defaultPermission),
    })
  }
  if (principal.kind === 'team') {
    grants.push({
      through: { kind: 'organization_default' },
      where: { kind: 'organization' },
      permits: new Set(alwaysHeld),
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

function grantsOfCustomRole(role: HeldRole): Grant[] {
  const through: GrantSource = {
    kind: 'custom_role',
    roleId: role.id,
    role: role.name,
    ...(role.teamId !== null && role.team !== null && { teamId: role.teamId, team: role.team }),
  }
  return [
    { through, where: { kind: 'organization' }, permits: new Set([...role.scopes, ...alwaysHeld]) },
    ...role.rules.map(({ where, level, scopes, limit }) => ({
      through,
      where,
      permits: level === null ? new Set<Scope>(scopes) : scopesOfLevel(level),
      ...(limit !== null && { maxOpenDurationSeconds: limit }),
    })),
  ]
}

function grantsOnEnvironments({ grants }: StandingRow): Grant[] {
  return grants.map(({ id, environment, level, limit, teamId, team }) => ({
    through:
      teamId !== null && team !== null
        ? { kind: 'team', teamId, team, grantId: id }
        : { kind: 'direct', grantId: id },
    where: { kind: 'environment', id: environment },
    permits: scopesOfLevel(level),
    ...(limit !== null && { maxOpenDurationSeconds: limit }),
  }))
}

const approvedScopes: readonly EnvironmentScope[] = ['environment:open', 'environment_version:open']

function grantsByApproval({ accesses }: StandingRow): Grant[] {
  return accesses.map(({ id, environment, seconds }) => ({
    through: { kind: 'open_request', requestId: id },
    where: { kind: 'environment', id: environment },
    permits: new Set(approvedScopes),
    maxOpenDurationSeconds: seconds,
  }))
}
