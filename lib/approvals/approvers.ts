/** Who may approve: people, members of teams, and whoever holds a permission on the environment (console.md §8). */
import * as z from 'zod'
import { may, withoutGate } from '@/lib/access/authorize'
import type { EnvironmentFacts, Grant } from '@/lib/access/grants'
import { personActor } from '@/lib/access/person'
import { type EnvironmentScope, isEnvironmentScope } from '@/lib/access/scopes'
import { loadStanding } from '@/lib/access/standing'
import type { Transaction } from '@/lib/db'
import { findMember } from '@/lib/organizations/members'
import { findTeam } from '@/lib/organizations/teams'

const stored = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('team'), id: z.string() }),
    z.object({ kind: z.literal('person'), id: z.string() }),
    z.object({ kind: z.literal('permission'), scope: z.string() }),
  ]),
)

/** As stored: by id, so that neither a new name nor a namesake changes who is meant. */
export type Approver = z.output<typeof stored>[number]

/** As people name them. */
export type NamedApprover =
  | { kind: 'team'; team: string }
  | { kind: 'person'; login: string }
  | { kind: 'permission'; scope: EnvironmentScope }

export function parseApprovers(json: unknown): Approver[] {
  return stored.parse(json)
}

/** @throws Failure `not_found` for a team or person that the organization does not have */
export async function approversNamed(
  tx: Transaction,
  organizationId: string,
  names: readonly NamedApprover[],
): Promise<Approver[]> {
  const approvers: Approver[] = []
  for (const name of names) {
    if (name.kind === 'permission') approvers.push(name)
    else if (name.kind === 'team') {
      approvers.push({ kind: 'team', id: (await findTeam(tx, organizationId, name.team)).id })
    } else {
      approvers.push({ kind: 'person', id: (await findMember(tx, organizationId, name.login)).personId })
    }
  }
  return approvers
}

/** Whom the organization no longer has is left out: they can approve nothing. */
export async function nameApprovers(
  tx: Transaction,
  organizationId: string,
  approvers: readonly Approver[],
): Promise<NamedApprover[]> {
  const ids = approvers.flatMap((approver) => ('id' in approver ? approver.id : []))
  const teams = await tx.team.findMany({ where: { organizationId, id: { in: ids } } })
  const members = await tx.member.findMany({
    where: { organizationId, personId: { in: ids } },
    include: { person: { select: { login: true } } },
  })
  return approvers.flatMap((approver): NamedApprover[] => {
    if (approver.kind === 'permission') {
      return isEnvironmentScope(approver.scope) ? [{ kind: 'permission', scope: approver.scope }] : []
    }
    if (approver.kind === 'team') {
      return teams.filter(({ id }) => id === approver.id).map(({ name }) => ({ kind: 'team', team: name }))
    }
    const mine = members.filter(({ personId }) => personId === approver.id)
    return mine.map(({ person }) => ({ kind: 'person', login: person.login }))
  })
}

/** A person as gates see them, now. */
export interface Candidate {
  personId: string
  grants: readonly Grant[]
  teamIds: ReadonlySet<string>
}

/** @returns undefined for who has no part in the organization, or no longer */
export async function loadCandidate(
  tx: Transaction,
  organizationId: string,
  personId: string,
): Promise<Candidate | undefined> {
  const person = await tx.person.findUnique({ where: { id: personId } })
  if (!person) return undefined
  const credential = { kind: 'session' as const, id: '', name: 'approval' }
  const asPerson = personActor(person, credential, { address: '', requestId: '' })
  const standing = await loadStanding(tx, asPerson, { id: organizationId })
  if (!standing) return undefined
  const teams = await tx.teamMember.findMany({ where: { personId, team: { organizationId } } })
  return { personId, grants: standing.grants, teamIds: new Set(teams.map(({ teamId }) => teamId)) }
}

/** Nobody decides about what they cannot see. An empty list is nobody (A12). */
export function isEligible(
  { personId, grants, teamIds }: Candidate,
  approvers: readonly Approver[],
  environment: EnvironmentFacts,
): boolean {
  const facts = withoutGate(environment)
  if (!may(grants, 'environment:read', facts).allowed) return false
  return approvers.some((approver) => {
    if (approver.kind === 'person') return approver.id === personId
    if (approver.kind === 'team') return teamIds.has(approver.id)
    return isEnvironmentScope(approver.scope) && may(grants, approver.scope, facts).allowed
  })
}
