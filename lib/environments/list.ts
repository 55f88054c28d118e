/** Listing the environments that the caller may see. */
import type { Actor } from '@/lib/access/actor'
import { organizationNotFound } from '@/lib/access/require'
import { loadStanding, type Standing } from '@/lib/access/standing'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, type Transaction } from '@/lib/db'
import type { Environment, Prisma } from '@/lib/generated/prisma/client'
import { key } from '@/lib/organizations/names'
import { readCursor, writeCursor } from './cursor'
import { type EnvironmentSummary, summarize } from './summary'

export interface EnvironmentListing {
  /** Absent = every organization that the caller has a part in. */
  organization?: string | undefined
  project?: string | undefined
  /** A part of the project's or the environment's name, without regard to case. */
  search?: string | undefined
  /** `next` of the page before. */
  cursor?: string | undefined
  /** 1 to 500. */
  limit?: number | undefined
}

export interface EnvironmentPage {
  environments: EnvironmentSummary[]
  next?: string
}

/**
 * In the order of organization, project and name.
 *
 * @throws Failure `not_found` when the caller has no part in the organization, `invalid` for a cursor not of ours
 */
export async function listEnvironments(actor: Actor, listing: EnvironmentListing): Promise<EnvironmentPage> {
  const { cursor, limit = 100 } = listing
  const after = cursor === undefined || cursor === '' ? undefined : readCursor(cursor, 3)
  const page: EnvironmentSummary[] = []
  for (const standing of await standingsOf(actor, listing.organization)) {
    const organizationKey = key(standing.organization.name)
    if (after && organizationKey < after[0]) continue
    const start = after && organizationKey === after[0] ? after : undefined
    const wanted = limit + 1 - page.length
    page.push(...(await listWithin(database(), standing, { ...listing, after: start, wanted })))
    if (page.length > limit) break
  }
  const environments = page.slice(0, limit)
  const last = environments.at(-1)
  if (page.length <= limit || last === undefined) return { environments }
  return {
    environments,
    next: writeCursor([key(last.organization), key(last.project), key(last.name)]),
  }
}

/** Names of the projects in which the caller sees an environment, in order. */
export async function projects(actor: Actor, { organization }: { organization: string }): Promise<string[]> {
  const [standing] = await standingsOf(actor, organization)
  if (standing === undefined) throw organizationNotFound()
  const rows = await database().environment.findMany({
    where: visible(standing),
    distinct: ['projectKey'],
    orderBy: { projectKey: 'asc' },
    select: { project: true },
  })
  return rows.map(({ project }) => project)
}

async function standingsOf(actor: Actor, organization: string | undefined): Promise<Standing[]> {
  if (organization !== undefined) {
    const standing = await loadStanding(database(), actor, { name: organization })
    if (!standing) throw organizationNotFound()
    return [standing]
  }
  const standings: Standing[] = []
  for (const id of await organizationsOf(actor)) {
    const standing = await loadStanding(database(), actor, { id })
    if (standing) standings.push(standing)
  }
  return standings
}

async function organizationsOf({ principal }: Actor): Promise<string[]> {
  if (principal.kind === 'team') return [principal.organizationId]
  if (principal.kind === 'organization') return [principal.id]
  const rows = await database().organization.findMany({
    where: principal.kind === 'person' ? { members: { some: { personId: principal.id } } } : {},
    orderBy: { nameKey: 'asc' },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

interface Slice extends EnvironmentListing {
  after: readonly string[] | undefined
  wanted: number
}

async function listWithin(
  tx: Transaction,
  { organization, grants }: Standing,
  { project, search, after, wanted }: Slice,
): Promise<EnvironmentSummary[]> {
  const conditions: Prisma.EnvironmentWhereInput[] = [visible({ organization, grants })]
  if (project !== undefined) conditions.push({ projectKey: key(project) })
  if (search) conditions.push(matching(key(search)))
  if (after) conditions.push(beyond(after))
  const environments: Environment[] = await tx.environment.findMany({
    where: { AND: conditions },
    orderBy: [{ projectKey: 'asc' }, { nameKey: 'asc' }],
    take: wanted,
  })
  return summarize(tx, { organization, grants, environments })
}

function visible({ organization, grants }: Pick<Standing, 'organization' | 'grants'>) {
  return {
    organizationId: organization.id,
    deletedAt: null,
    AND: [environmentsAllowing(grants, 'environment:list')],
  } satisfies Prisma.EnvironmentWhereInput
}

function matching(text: string): Prisma.EnvironmentWhereInput {
  const [project, name] = text.includes('/') ? text.split('/', 2) : []
  if (project !== undefined && name !== undefined) {
    return { projectKey: { endsWith: project }, nameKey: { startsWith: name } }
  }
  return { OR: [{ projectKey: { contains: text } }, { nameKey: { contains: text } }] }
}

function beyond([, project = '', name = '']: readonly string[]): Prisma.EnvironmentWhereInput {
  return { OR: [{ projectKey: { gt: project } }, { projectKey: project, nameKey: { gt: name } }] }
}
