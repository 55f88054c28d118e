/** The same conditions as in `visible.ts`, for statements that the query builder cannot write. */
import { Prisma } from '@/lib/db'
import type { Grant, Where } from './grants'
import type { EnvironmentScope } from './scopes'

/**
 * The environments on which the grants allow `scope`, as a condition on a row of `"Environment"` called `e`. Combine
 * with the organization's id and `"deletedAt" IS NULL`. Agrees with `environmentsAllowing` (tested side by side).
 */
export function environmentsAllowingSql(grants: readonly Grant[], scope: EnvironmentScope): Prisma.Sql {
  return anyOf(grants.filter((grant) => grant.permits.has(scope)).map(({ where }) => condition(where)))
}

const always = Prisma.sql`TRUE`
const never = Prisma.sql`FALSE`

function condition(where: Where): Prisma.Sql {
  switch (where.kind) {
    case 'organization':
      return never
    case 'every_environment':
      return always
    case 'environment':
      return Prisma.sql`e."id" = ${where.id}`
    case 'project':
      return Prisma.sql`e."projectKey" = ${where.key}`
    case 'created_by':
      return Prisma.sql`e."ownerId" = ${where.personId}`
    case 'tag':
      return hasTag(where)
    case 'all_of':
      return where.rules.length > 0 ? allOf(where.rules.map(condition)) : never
    case 'any_of':
      return anyOf(where.rules.map(condition))
  }
}

/** Whether the environment `e` carries a tag, with any value unless one is named. */
export function hasTag({ name, value }: { name: string; value?: string | undefined }): Prisma.Sql {
  const valued = value === undefined ? Prisma.empty : Prisma.sql`AND t."value" = ${value}`
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "EnvironmentTag" t WHERE t."environmentId" = e."id" AND t."name" = ${name} ${valued})`
}

export function allOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? always : Prisma.sql`(${Prisma.join([...conditions], ' AND ')})`
}

function anyOf(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  if (conditions.length === 0) return never
  if (conditions.includes(always)) return always
  return Prisma.sql`(${Prisma.join([...conditions], ' OR ')})`
}
