/** Deleted environments: listed and restorable for thirty days, then gone. */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound, requireOrganization } from '@/lib/access/require'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, withTransaction } from '@/lib/db'
import { key } from '@/lib/organizations/names'
import { refusingDuplicates } from './create'
import { record } from './record'
import type { EnvironmentReference } from './reference'
import { type EnvironmentSummary, summarize } from './summary'

export interface DeletedEnvironment extends EnvironmentSummary {
  /** With the name it tells which one is meant: a name can have been deleted more than once. */
  deletedAt: string
}

const retentionDays = 30

/** What was deleted before this cannot be restored. */
export function retentionStart(): Date {
  return new Date(Date.now() - retentionDays * 24 * 3600 * 1000)
}

/** The last deleted first; only those that the caller could see. @throws Failure `not_found`, `forbidden` */
export async function listDeleted(
  actor: Actor,
  { organization }: { organization: string },
): Promise<DeletedEnvironment[]> {
  const scope = 'environment:list_deleted'
  const permission = await requireOrganization(database(), actor, { organization, scope })
  const environments = await database().environment.findMany({
    where: {
      organizationId: permission.organization.id,
      deletedAt: { gt: retentionStart() },
      AND: [environmentsAllowing(permission.grants, 'environment:list')],
    },
    orderBy: { deletedAt: 'desc' },
  })
  const summaries = await summarize(database(), { ...permission, environments })
  return summaries.map((summary, at) => ({
    ...summary,
    deletedAt: environments[at]?.deletedAt?.toISOString() ?? '',
  }))
}

/** @throws Failure `conflict` when the name is in use again, `not_found`, `forbidden` */
export async function restoreEnvironment(
  actor: Actor,
  { organization, project, name, deletedAt }: EnvironmentReference & { deletedAt: string },
): Promise<void> {
  await refusingDuplicates(() =>
    withTransaction(async (tx) => {
      const scope = 'environment:restore_deleted'
      const permission = await requireOrganization(tx, actor, { organization, scope })
      const at = new Date(deletedAt)
      if (Number.isNaN(at.getTime()) || at <= retentionStart()) throw environmentNotFound()
      const [environment] = await tx.environment.updateManyAndReturn({
        where: {
          organizationId: permission.organization.id,
          projectKey: key(project),
          nameKey: key(name),
          deletedAt: { gte: at, lt: new Date(at.getTime() + 1) },
        },
        data: { deletedAt: null, deletedById: null },
      })
      if (!environment) throw environmentNotFound()
      await record(tx, { actor, environment, event: 'environment-restored', did: 'Restored the environment' })
    }),
  )
}
