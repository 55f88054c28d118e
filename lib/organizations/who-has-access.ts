/** Everybody who may do something with an environment, with their level and what gives it. */
import type { Actor } from '@/lib/access/actor'
import type { Level } from '@/lib/access/levels'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import { type Explanation, explain } from './explain'

export interface AccessEntry {
  login: string
  name: string
  level: Exclude<Level, 'none'>
  levels: Explanation['levels']
}

const pageSize = 50

/**
 * One page of members, in the order of their logins; members without access are left out, so a page may be short.
 *
 * @throws Failure `not_found`, `forbidden`
 */
export async function whoHasAccess(
  actor: Actor,
  input: { organization: string; project: string; name: string; cursor?: string },
): Promise<{ members: AccessEntry[]; next?: string }> {
  const { organization, project, name, cursor = '' } = input
  const permission = await requireEnvironment(database(), actor, {
    organization,
    project,
    name,
    scope: 'environment_access:read',
  })
  const rows = await database().member.findMany({
    where: {
      organizationId: permission.organization.id,
      person: { loginKey: { gt: cursor }, disabledAt: null },
    },
    include: { person: true },
    orderBy: { person: { loginKey: 'asc' } },
    take: pageSize,
  })
  const members: AccessEntry[] = []
  for (const { person } of rows) {
    const { level, levels } = await explain(actor, {
      organization,
      project,
      name,
      subject: { login: person.login },
    })
    if (level !== 'none') members.push({ login: person.login, name: person.name, level, levels })
  }
  const last = rows.at(-1)
  return { members, ...(rows.length === pageSize && last && { next: last.person.loginKey }) }
}
