/** The filter of the audit log as the page's address carries it. */
import type { AuditFilter } from '@/lib/organizations/audit-log'

export const filterFields = ['event', 'user', 'environment', 'tokenId', 'address', 'from', 'to'] as const

export type FilterField = (typeof filterFields)[number]

export type FilterQuery = Partial<Record<FilterField | 'failures', string>>

/** Only what is known and not empty; of a repeated parameter the first. */
export function readQuery(parameters: Record<string, string | string[] | undefined>): FilterQuery {
  const query: FilterQuery = {}
  for (const field of [...filterFields, 'failures'] as const) {
    const value = [parameters[field] ?? []].flat()[0]
    if (value) query[field] = value.slice(0, 200)
  }
  return query
}

export function filterOf(organization: string, { failures, ...query }: FilterQuery): AuditFilter {
  return { organization, ...query, ...(failures === 'true' && { failures: true }) }
}
