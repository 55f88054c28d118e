/** The history of an environment. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { type EnvironmentReference, latestTag } from './reference'
import type { RevisionFacts } from './revision'

export interface RevisionSummary {
  number: number
  createdAt: string
  creatorLogin: string
  creatorName: string
  message: string
  /** Names of the revision tags that point at it, `latest` included. */
  tags: string[]
  retracted?: Retraction
  /** The approved change request that it came from. */
  sourceChangeRequest?: { id: string; description: string }
}

export interface Retraction {
  /** The revision that is used in its place. */
  replacement: number
  at: string
  byLogin: string
  byName: string
  reason: string
}

export interface RevisionListing extends EnvironmentReference {
  /** Only revisions with a lower number; absent or 0 = from the newest. */
  before?: number | undefined
  /** At most this many. */
  count?: number | undefined
}

/** Newest first. @throws Failure `not_found`, `forbidden` */
export async function listRevisions(
  actor: Actor,
  { before = 0, count = 100, ...reference }: RevisionListing,
): Promise<RevisionSummary[]> {
  const { environment } = await requireEnvironment(database(), actor, {
    ...reference,
    scope: 'environment_version:read',
  })
  const rows = await database().revision.findMany({
    where: {
      environmentId: environment.id,
      organizationId: environment.organizationId,
      ...(before > 0 && { number: { lt: before } }),
    },
    orderBy: { number: 'desc' },
    take: count,
    omit: { definition: true },
  })
  const tags = await tagsByRevision(environment, rows)
  const people = await retractors(rows)
  const sources = await changeRequestsOf(rows)
  return rows.map((row) => {
    const source = sources.get(row.changeRequestId ?? '')
    return { ...summarizeRevision(row, tags, people), ...(source && { sourceChangeRequest: source }) }
  })
}

async function tagsByRevision(environment: Environment, rows: readonly RevisionFacts[]) {
  const found = await database().revisionTag.findMany({
    where: {
      environmentId: environment.id,
      organizationId: environment.organizationId,
      revision: { in: rows.map(({ number }) => number) },
    },
    orderBy: { name: 'asc' },
  })
  const tags = new Map<number, string[]>([[environment.latestRevision, [latestTag]]])
  for (const { revision, name } of found) tags.set(revision, [...(tags.get(revision) ?? []), name])
  return tags
}

type People = ReadonlyMap<string, { login: string; name: string }>

async function retractors(rows: readonly RevisionFacts[]): Promise<People> {
  const ids = [...new Set(rows.flatMap(({ retractedById }) => retractedById ?? []))]
  if (ids.length === 0) return new Map()
  const people = await database().person.findMany({
    where: { id: { in: ids } },
    select: { id: true, login: true, name: true },
  })
  return new Map(people.map(({ id, ...person }) => [id, person]))
}

async function changeRequestsOf(rows: readonly RevisionFacts[]) {
  const ids = [...new Set(rows.flatMap(({ changeRequestId }) => changeRequestId ?? []))]
  if (ids.length === 0) return new Map<string, { id: string; description: string }>()
  const found = await database().changeRequest.findMany({
    where: { id: { in: ids } },
    select: { id: true, description: true },
  })
  return new Map(found.map((request) => [request.id, request]))
}

function summarizeRevision(
  row: RevisionFacts,
  tags: ReadonlyMap<number, string[]>,
  people: People,
): RevisionSummary {
  const { number, retractedAt, replacement } = row
  const by = people.get(row.retractedById ?? '') ?? { login: '', name: '' }
  return {
    number,
    createdAt: row.createdAt.toISOString(),
    creatorLogin: row.createdByLogin,
    creatorName: row.createdByName,
    message: row.message,
    tags: tags.get(number) ?? [],
    ...(retractedAt &&
      replacement !== null && {
        retracted: {
          replacement,
          at: retractedAt.toISOString(),
          byLogin: by.login,
          byName: by.name,
          reason: row.retractReason ?? '',
        },
      }),
  }
}
