/** Browsing the environments of one organization: filtered, ordered, grouped and paged by the database. */
import { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import { organizationNotFound } from '@/lib/access/require'
import { loadStanding, type Standing } from '@/lib/access/standing'
import { allOf, environmentsAllowingSql, hasTag } from '@/lib/access/visible-sql'
import { database, Prisma, type Transaction } from '@/lib/db'
import { key } from '@/lib/organizations/names'
import { cursorNotOurs, readCursor, writeCursor } from './cursor'
import { type EnvironmentSummary, summarize } from './summary'

export type BrowseOrder = 'name' | 'modified' | 'created' | 'used'

export type BrowseGrouping = { by: 'project' } | { by: 'tag'; name: string }

export interface Browsing {
  organization: string
  /** A part of `project/name`, or of a tag written `name=value`, without regard to case. */
  search?: string | undefined
  project?: string | undefined
  /** With every one of these tags; without a value, any value will do. */
  tags?: readonly { name: string; value?: string | undefined }[] | undefined
  owner?: 'me' | undefined
  deletionProtected?: true | undefined
  /** Names ascend; times and uses descend, equal ones by name. */
  order?: BrowseOrder | undefined
  /** Members of a group stand together; those without the tag come last. */
  grouping?: BrowseGrouping | undefined
  /** `next` of the page before, asked with the same filters, order and grouping. */
  cursor?: string | undefined
  /** 1 to 500. */
  limit?: number | undefined
}

export interface BrowseGroup {
  /** Name of the project or value of the tag; absent for those without the tag, and where nothing is grouped. */
  title?: string
  /** Members on all pages. */
  total: number
  /** Members on this page. */
  environments: EnvironmentSummary[]
}

export interface BrowsePage {
  groups: BrowseGroup[]
  /** On all pages. */
  total: number
  next?: string
}

/** @throws Failure `not_found` when the caller has no part in the organization, `invalid` for a cursor not of ours */
export async function browseEnvironments(actor: Actor, browsing: Browsing): Promise<BrowsePage> {
  const standing = await loadStanding(database(), actor, { name: browsing.organization })
  if (!standing) throw organizationNotFound()
  const { limit = 100 } = browsing
  const rows = await findRows(database(), { actor, standing, browsing, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    groups: await groupsOf(database(), standing, page),
    total: rows[0]?.total ?? 0,
    ...(rows.length > limit && last !== undefined && { next: writeCursor(cursorOf(last)) }),
  }
}

const rowSchema = z.object({
  id: z.string(),
  projectKey: z.string(),
  nameKey: z.string(),
  groupKey: z.string(),
  title: z.string().nullable(),
  rank: z.string(),
  members: z.number(),
  total: z.number(),
})

type Row = z.output<typeof rowSchema>

function cursorOf({ groupKey, rank, projectKey, nameKey }: Row): string[] {
  return [groupKey, rank, projectKey, nameKey]
}

interface Question {
  actor: Actor
  standing: Standing
  browsing: Browsing
  limit: number
}

/**
 * Every order is one of ascending keys (group, rank, project, name), so that one comparison of rows continues a page;
 * what descends has a negative rank. The counts are taken before the page is cut out.
 */
async function findRows(tx: Transaction, { actor, standing, browsing, limit }: Question): Promise<Row[]> {
  const { order = 'name', grouping, cursor } = browsing
  const group = groupExpression(grouping)
  const rows = await tx.$queryRaw`
    WITH found AS (
      SELECT e."id", e."projectKey", e."nameKey", ${group.key} AS "groupKey", ${group.title} AS "title",
             (${ranks[order]()})::bigint AS "rank"
      FROM "Environment" e
      WHERE ${allOf(conditions(actor, standing, browsing))}
    ), counted AS (
      SELECT *, (count(*) OVER (PARTITION BY "groupKey"))::int AS "members", (count(*) OVER ())::int AS "total"
      FROM found
    )
    SELECT "id", "projectKey", "nameKey", "groupKey", "title", "rank"::text, "members", "total" FROM counted
    ${cursor ? beyond(cursor) : Prisma.empty}
    ORDER BY "groupKey", counted."rank", "projectKey", "nameKey"
    LIMIT ${limit}`
  return z.array(rowSchema).parse(rows)
}

function beyond(cursor: string): Prisma.Sql {
  const [group, rank, project, name] = readCursor(cursor, 4)
  if (!/^-?\d{1,18}$/.test(rank ?? '')) throw cursorNotOurs()
  return Prisma.sql`
    WHERE ("groupKey", counted."rank", "projectKey", "nameKey") > (${group}, ${rank}::bigint, ${project}, ${name})`
}

const ranks: Record<BrowseOrder, () => Prisma.Sql> = {
  name: () => Prisma.sql`0`,
  modified: () => Prisma.sql`extract(epoch FROM e."modifiedAt") * -1000000`,
  created: () => Prisma.sql`extract(epoch FROM e."createdAt") * -1000000`,
  used: () => Prisma.sql`-(
    SELECT count(DISTINCT u."environmentId")
    FROM "RevisionReference" u
    JOIN "Environment" r ON r."id" = u."environmentId" AND r."latestRevision" = u."revision"
    WHERE u."organizationId" = e."organizationId" AND u."targetProject" = e."projectKey"
      AND u."targetName" = e."nameKey" AND r."deletedAt" IS NULL)`,
}

function groupExpression(grouping: BrowseGrouping | undefined): { key: Prisma.Sql; title: Prisma.Sql } {
  if (grouping === undefined) return { key: Prisma.sql`''::text`, title: Prisma.sql`NULL::text` }
  if (grouping.by === 'project') return { key: Prisma.sql`e."projectKey"`, title: Prisma.sql`e."project"` }
  const value = Prisma.sql`(
    SELECT t."value" FROM "EnvironmentTag" t WHERE t."environmentId" = e."id" AND t."name" = ${grouping.name})`
  return { key: Prisma.sql`coalesce('0' || ${value}, '1')`, title: value }
}

function conditions({ principal }: Actor, { organization, grants }: Standing, asked: Browsing): Prisma.Sql[] {
  const { search, project, tags = [], owner, deletionProtected } = asked
  const me = principal.kind === 'person' ? principal.id : ''
  return [
    Prisma.sql`e."organizationId" = ${organization.id} AND e."deletedAt" IS NULL`,
    environmentsAllowingSql(grants, 'environment:list'),
    ...(search ? [matching(key(search))] : []),
    ...(project === undefined ? [] : [Prisma.sql`e."projectKey" = ${key(project)}`]),
    ...tags.map(hasTag),
    ...(owner === undefined ? [] : [Prisma.sql`e."ownerId" = ${me}`]),
    ...(deletionProtected === undefined ? [] : [Prisma.sql`e."deletionProtected"`]),
  ]
}

function matching(text: string): Prisma.Sql {
  return Prisma.sql`(
    position(${text} IN e."projectKey" || '/' || e."nameKey") > 0
    OR EXISTS (
      SELECT 1 FROM "EnvironmentTag" t
      WHERE t."environmentId" = e."id" AND position(${text} IN lower(t."name" || '=' || t."value")) > 0))`
}

async function groupsOf(tx: Transaction, standing: Standing, rows: readonly Row[]): Promise<BrowseGroup[]> {
  const ids = rows.map(({ id }) => id)
  const found = await tx.environment.findMany({ where: { id: { in: ids } } })
  const summaries = await summarize(tx, { ...standing, environments: found })
  const byId = new Map(summaries.map((summary) => [summary.id, summary]))
  const groups = new Map<string, BrowseGroup>()
  for (const { id, groupKey, title, members } of rows) {
    const group = groups.get(groupKey) ?? {
      total: members,
      environments: [],
      ...(title !== null && { title }),
    }
    groups.set(groupKey, group)
    // One that was deleted between the two statements is missing here.
    const summary = byId.get(id)
    if (summary !== undefined) group.environments.push(summary)
  }
  return [...groups.values()]
}
