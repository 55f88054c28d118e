import type { Prisma } from '@/lib/generated/prisma/client'
import { directRows } from './client'
import type { Transaction } from './transaction'

/**
 * The rows of one reading statement, for the paths that every request takes: outside transactions and on a server
 * database they come from a prepared statement without Prisma between, which costs more than the statement does.
 *
 * Ask only for columns that both give alike: text, integers below 2³¹, booleans, times, bytes, JSON.
 */
export function selectRows(db: Transaction, sql: Prisma.Sql): Promise<unknown[]> {
  return directRows(db)?.(sql) ?? db.$queryRaw(sql)
}
