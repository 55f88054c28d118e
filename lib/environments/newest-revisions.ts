/** The newest revisions of environments that somebody imports, to see which pins lag behind. */
import type { Actor } from '@/lib/access/actor'
import { organizationNotFound } from '@/lib/access/require'
import { loadStanding } from '@/lib/access/standing'
import { environmentsAllowing } from '@/lib/access/visible'
import { database } from '@/lib/db'
import { key } from '@/lib/organizations/names'
import { parseImportName } from './reference'

const mostNames = 200

/**
 * @param names as imports have them; versions are not looked at, names that mean nothing to the caller are left out
 * @returns canonical `project/name` with its newest revision
 * @throws Failure `not_found`
 */
export async function newestRevisions(
  actor: Actor,
  { organization, names }: { organization: string; names: readonly string[] },
): Promise<[name: string, revision: number][]> {
  const standing = await loadStanding(database(), actor, { name: organization })
  if (!standing) throw organizationNotFound()
  const wanted = names.slice(0, mostNames).flatMap((name) => parseImportName(name) ?? [])
  // The query builder leaves an empty `OR` out, as if it were no condition.
  if (wanted.length === 0) return []
  const rows = await database().environment.findMany({
    where: {
      organizationId: standing.organization.id,
      deletedAt: null,
      AND: [
        environmentsAllowing(standing.grants, 'environment:read'),
        { OR: wanted.map(({ project, name }) => ({ projectKey: key(project), nameKey: key(name) })) },
      ],
    },
    select: { projectKey: true, nameKey: true, latestRevision: true },
  })
  return rows.map(({ projectKey, nameKey, latestRevision }) => [`${projectKey}/${nameKey}`, latestRevision])
}
