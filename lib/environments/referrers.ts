/** Who uses an environment. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, Prisma } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { latestTag, type VersionedReference } from './reference'

export interface ReferrerListing extends VersionedReference {
  /** Also what earlier revisions of other environments refer to. */
  allRevisions?: boolean | undefined
  count?: number | undefined
  /** How many to leave out: what `next` of the page before said. */
  after?: number | undefined
}

export interface Referrer {
  project: string
  name: string
  revision: number
}

export interface ReferrerPage {
  /** By the version that is referred to: `latest`, another tag, or a number. */
  referrers: Record<string, Referrer[]>
  /** How many others use it that the caller may not see. */
  hidden: number
  next?: number
}

/** @throws Failure `not_found`, `forbidden` */
export async function listReferrers(actor: Actor, listing: ReferrerListing): Promise<ReferrerPage> {
  const { allRevisions = false, count = 100, after = 0 } = listing
  const question = { ...listing, scope: 'environment:read' } as const
  const { environment, grants } = await requireEnvironment(database(), actor, question)
  const rows = await referencesTo(environment, { allRevisions, version: listing.version })
  const visible = await database().environment.findMany({
    where: {
      organizationId: environment.organizationId,
      id: { in: [...new Set(rows.map(({ environmentId }) => environmentId))] },
      AND: [environmentsAllowing(grants, 'environment:list')],
    },
    select: { id: true },
  })
  const shown = new Set(visible.map(({ id }) => id))
  const named = rows.filter(({ environmentId }) => shown.has(environmentId))
  const hidden = new Set(rows.map(({ environmentId }) => environmentId)).size - shown.size
  const page = named.slice(after, after + count)
  return {
    referrers: byVersion(page),
    hidden,
    ...(named.length > after + count && { next: after + count }),
  }
}

interface Reference extends Referrer {
  environmentId: string
  version: string
}

function referencesTo(
  { organizationId, projectKey, nameKey }: Environment,
  { allRevisions, version }: { allRevisions: boolean; version: string | undefined },
): Promise<Reference[]> {
  const ofLatest = allRevisions ? Prisma.empty : Prisma.sql`AND u."revision" = e."latestRevision"`
  const wanted = version === latestTag ? '' : version
  const atVersion = wanted === undefined ? Prisma.empty : Prisma.sql`AND u."targetVersion" = ${wanted}`
  return database().$queryRaw<Reference[]>`
    SELECT e."id" AS "environmentId", e."project", e."name", u."revision", u."targetVersion" AS "version"
    FROM "RevisionReference" u JOIN "Environment" e ON e."id" = u."environmentId"
    WHERE u."organizationId" = ${organizationId} AND e."deletedAt" IS NULL
      AND u."targetProject" = ${projectKey} AND u."targetName" = ${nameKey} ${ofLatest} ${atVersion}
    ORDER BY u."targetVersion", e."projectKey", e."nameKey", u."revision" DESC`
}

function byVersion(rows: readonly Reference[]): Record<string, Referrer[]> {
  const groups = new Map<string, Referrer[]>()
  for (const { version, project, name, revision } of rows) {
    const group = version || latestTag
    groups.set(group, [...(groups.get(group) ?? []), { project, name, revision }])
  }
  return Object.fromEntries(groups)
}
