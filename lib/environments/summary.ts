/** What a list shows of an environment. */
import { levelOn } from '@/lib/access/authorize'
import type { Grant } from '@/lib/access/grants'
import type { Level } from '@/lib/access/levels'
import { Prisma, type Transaction } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'

export interface EnvironmentSummary {
  id: string
  organization: string
  project: string
  name: string
  createdAt: string
  modifiedAt: string
  modifiedBy: { login: string; name: string }
  /** Empty strings when it has no owner any more. */
  owner: { login: string; name: string }
  latestRevision: number
  deletionProtected: boolean
  /** Environment tags by name. */
  tags: Record<string, string>
  /** How many environments import or reference it in their latest revision. */
  usedBy: number
  /** What the caller may do with it. */
  level: Level
}

/** Environments of one organization, with the caller's grants there. */
export interface SummaryRequest {
  organization: { id: string; name: string }
  grants: readonly Grant[]
  environments: readonly Environment[]
}

/** In the order given; four queries, however many there are. */
export async function summarize(tx: Transaction, request: SummaryRequest): Promise<EnvironmentSummary[]> {
  const { organization, grants, environments } = request
  if (environments.length === 0) return []
  const tags = await tagsOf(tx, organization.id, environments)
  const owners = await ownersOf(tx, environments)
  const authors = await authorsOf(tx, environments)
  const uses = await usesOf(tx, organization.id, environments)
  const nobody = { login: '', name: '' }
  return environments.map((environment) => {
    const { id, ownerId } = environment
    const own = tags.get(id) ?? []
    return {
      id,
      organization: organization.name,
      project: environment.project,
      name: environment.name,
      createdAt: environment.createdAt.toISOString(),
      modifiedAt: environment.modifiedAt.toISOString(),
      modifiedBy: authors.get(id) ?? nobody,
      owner: owners.get(ownerId ?? '') ?? nobody,
      latestRevision: environment.latestRevision,
      deletionProtected: environment.deletionProtected,
      tags: Object.fromEntries(own.map(({ name, value }) => [name, value])),
      usedBy: uses.get(useKey(environment.projectKey, environment.nameKey)) ?? 0,
      level: levelOn(grants, { ...environment, tags: own }),
    }
  })
}

/** @see summarize */
export async function summarizeOne(
  tx: Transaction,
  { environment, ...rest }: Omit<SummaryRequest, 'environments'> & { environment: Environment },
): Promise<EnvironmentSummary> {
  const [summary] = await summarize(tx, { ...rest, environments: [environment] })
  if (summary === undefined) throw new Error('one environment gives one summary')
  return summary
}

async function tagsOf(tx: Transaction, organizationId: string, environments: readonly Environment[]) {
  const rows = await tx.environmentTag.findMany({
    where: { organizationId, environmentId: { in: environments.map(({ id }) => id) } },
    select: { environmentId: true, name: true, value: true },
    orderBy: { name: 'asc' },
  })
  const tags = new Map<string, { name: string; value: string }[]>()
  for (const { environmentId, ...tag } of rows) {
    const known = tags.get(environmentId)
    if (known) known.push(tag)
    else tags.set(environmentId, [tag])
  }
  return tags
}

async function ownersOf(tx: Transaction, environments: readonly Environment[]) {
  const ids = [...new Set(environments.flatMap(({ ownerId }) => ownerId ?? []))]
  const people = await tx.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, login: true, name: true },
  })
  return new Map(people.map(({ id, login, name }) => [id, { login, name }]))
}

async function authorsOf(tx: Transaction, environments: readonly Environment[]) {
  const rows = await tx.$queryRaw<{ id: string; login: string; name: string }[]>`
    SELECT e."id", r."createdByLogin" AS "login", r."createdByName" AS "name"
    FROM "Environment" e JOIN "Revision" r ON r."environmentId" = e."id" AND r."number" = e."latestRevision"
    WHERE e."id" IN (${Prisma.join(environments.map(({ id }) => id))})`
  return new Map(rows.map(({ id, login, name }) => [id, { login, name }]))
}

async function usesOf(tx: Transaction, organizationId: string, environments: readonly Environment[]) {
  const targets = environments.map(
    ({ projectKey, nameKey }) => Prisma.sql`(${projectKey}::text, ${nameKey}::text)`,
  )
  const rows = await tx.$queryRaw<{ project: string; name: string; count: number }[]>`
    SELECT u."targetProject" AS "project", u."targetName" AS "name",
           count(DISTINCT u."environmentId")::int AS "count"
    FROM "RevisionReference" u
    JOIN "Environment" e ON e."id" = u."environmentId" AND e."latestRevision" = u."revision"
    WHERE u."organizationId" = ${organizationId} AND e."deletedAt" IS NULL
      AND (u."targetProject", u."targetName") IN (${Prisma.join(targets)})
    GROUP BY 1, 2`
  return new Map(rows.map(({ project, name, count }) => [useKey(project, name), count]))
}

function useKey(project: string, name: string): string {
  return `${project}/${name}`
}
