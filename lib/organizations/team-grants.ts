/** The environments that a team was given directly; only those that the viewer may see. */
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import type { Level } from '@/lib/access/levels'
import { requireOrganization } from '@/lib/access/require'
import { database } from '@/lib/db'
import { findTeam } from './teams'

export interface TeamGrant {
  project: string
  name: string
  level: Exclude<Level, 'none'>
  maxOpenDurationSeconds?: number
}

/** @throws Failure `not_found`, `forbidden` */
export async function listTeamGrants(
  actor: Actor,
  { organization, team }: { organization: string; team: string },
): Promise<TeamGrant[]> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'team:read' })
  const organizationId = permission.organization.id
  const { id: teamId } = await findTeam(database(), organizationId, team)
  const rows = await database().environmentGrant.findMany({
    where: {
      organizationId,
      principalKind: 'team',
      principalId: teamId,
      environment: { organizationId, deletedAt: null },
    },
    include: { environment: { include: { tags: { select: { name: true, value: true } } } } },
    orderBy: [{ environment: { projectKey: 'asc' } }, { environment: { nameKey: 'asc' } }],
  })
  return rows
    .filter(({ environment }) => may(permission.grants, 'environment_access:read', environment).allowed)
    .map(({ environment: { project, name }, level, maxOpenDurationSeconds }) => ({
      project,
      name,
      level,
      ...(maxOpenDurationSeconds !== null && { maxOpenDurationSeconds }),
    }))
}
