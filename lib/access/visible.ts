/**
 * Grants as a condition of a query, so that a list finds what the actor may see in the database instead of reading
 * everything and throwing most of it away.
 */
import type { Prisma } from '@/lib/generated/prisma/client'
import type { GatedScope } from './authorize'
import type { Grant, Where } from './grants'
import type { EnvironmentScope } from './scopes'

/**
 * The environments on which the grants allow `scope`. Combine with the organization's id and `deletedAt: null`.
 * Agrees with `may` by construction: one clause per grant.
 * Not for scopes that a gate may hold back: those are decided one by one.
 */
export function environmentsAllowing(
  grants: readonly Grant[],
  scope: Exclude<EnvironmentScope, GatedScope>,
): Prisma.EnvironmentWhereInput {
  const relevant = grants.filter((grant) => grant.permits.has(scope)).map(({ where }) => where)
  if (relevant.some((where) => where.kind === 'every_environment')) return {}
  const ids = relevant.flatMap((where) => (where.kind === 'environment' ? [where.id] : []))
  const others = relevant.filter((where) => where.kind !== 'environment').map(condition)
  return { OR: [{ id: { in: ids } }, ...others] }
}

/** Not `{ OR: [] }`: the query builder leaves that out inside an `AND`, as if it were no condition. */
const never: Prisma.EnvironmentWhereInput = { id: { in: [] } }

function condition(where: Where): Prisma.EnvironmentWhereInput {
  switch (where.kind) {
    case 'organization':
      return never
    case 'every_environment':
      return {}
    case 'environment':
      return { id: where.id }
    case 'project':
      return { projectKey: where.key }
    case 'created_by':
      return { ownerId: where.personId }
    case 'tag':
      return {
        tags: { some: { name: where.name, ...(where.value !== undefined && { value: where.value }) } },
      }
    case 'all_of':
      return where.rules.length > 0 ? { AND: where.rules.map(condition) } : never
    case 'any_of':
      return where.rules.length > 0 ? { OR: where.rules.map(condition) } : never
  }
}
