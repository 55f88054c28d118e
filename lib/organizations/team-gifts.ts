/** What a team gives to those who are in it, and what somebody is in it already. */
import { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import type { Gift } from '@/lib/access/covering'
import { scopesOfLevel } from '@/lib/access/grants'
import type { Scope } from '@/lib/access/scopes'
import type { Transaction } from '@/lib/db'
import type { ChangeGate } from '@/lib/generated/prisma/client'
import { defaultLevel, giftEverywhere } from './members'
import { findRole, giftsOfRole } from './roles'
import type { TeamRow, TeamSummary } from './teams'

export function roleIn(row: TeamRow, { principal }: Actor): TeamSummary['viewerRole'] {
  if (principal.kind !== 'person') return 'none'
  return row.members.find(({ personId }) => personId === principal.id)?.role ?? 'none'
}

/** Everything that joining the team gives, to decide whether `giver` may put somebody in it. */
export async function giftsOfJoining(tx: Transaction, row: TeamRow, giver: Actor): Promise<Gift[]> {
  // Whom the team lets open is decided by its people, so who is in it has that to give.
  const openings = roleIn(row, giver) === 'none' ? await openingsOfTeam(tx, row) : []
  return [...(await giftsOfTeam(tx, row)), ...openings]
}

/** The scopes that the team gives to those who are in it. */
async function giftsOfTeam(tx: Transaction, row: TeamRow): Promise<Gift[]> {
  const byRole: Gift[] = []
  for (const { roleId } of row.roles) {
    byRole.push(...(await giftsOfRole(tx, await findRole(tx, row.organizationId, roleId))))
  }
  const grants = await tx.environmentGrant.findMany({
    where: { organizationId: row.organizationId, principalKind: 'team', principalId: row.id },
  })
  return [
    ...byRole,
    ...grants.map(
      ({ environmentId, level, maxOpenDurationSeconds }): Gift => ({
        where: { kind: 'environment', id: environmentId },
        permits: scopesOfLevel(level),
        ...(maxOpenDurationSeconds !== null && { maxOpenDurationSeconds }),
      }),
    ),
  ]
}

const openingScopes: ReadonlySet<Scope> = new Set<Scope>(['environment:open', 'environment_version:open'])

/** What the team's people can let others open, as those whom gates name. */
async function openingsOfTeam(tx: Transaction, { id, organizationId }: TeamRow): Promise<Gift[]> {
  const where = { organizationId, enabled: true, environment: { openGated: true } }
  const gates = await tx.changeGate.findMany({ where })
  const decides = ({ actions, approvers, bypassers }: ChangeGate) =>
    actions.includes('open') && [approvers, bypassers].some((named) => namesTeam(named, id))
  return gates.filter(decides).map(({ environmentId }) => ({
    where: { kind: 'environment', id: environmentId },
    permits: openingScopes,
  }))
}

const namedByGates = z.array(z.object({ kind: z.string(), id: z.string().optional() }))

function namesTeam(named: unknown, teamId: string): boolean {
  return namedByGates.parse(named).some(({ kind, id }) => kind === 'team' && id === teamId)
}

/** What a token of the team gives: beside what being in the team gives, what every member may do. */
export async function giftsOfTeamToken(tx: Transaction, row: TeamRow): Promise<Gift[]> {
  return [...(await giftsOfTeam(tx, row)), giftEverywhere(await defaultLevel(tx, row.organizationId))]
}
