/** What a driver adapter says went wrong, read from the shape: the error classes exist once per bundle. */
import { z } from 'zod'

const driverError = z.object({
  code: z.string(),
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({
        originalCode: z.string().optional(),
        code: z.string().optional(),
        constraint: z
          .object({ fields: z.array(z.string()).optional(), index: z.string().optional() })
          .optional(),
      }),
    }),
  }),
})

/** SQLSTATE of the failing statement, when the error came from the database. */
function sqlState(error: unknown): string | undefined {
  const parsed = driverError.safeParse(error)
  if (!parsed.success) return undefined
  const { originalCode, code } = parsed.data.meta.driverAdapterError.cause
  return originalCode ?? code
}

/** Deadlock or serialization failure: the same work may succeed when run again. A driver's own error has its state as code. */
export function isRetryable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const state = sqlState(error) ?? code
  return code === 'P2034' || state === '40001' || state === '40P01'
}

/** Prisma names a unique index `Table_column_column_key`. */
function columnsOfIndex(index: string): string[] {
  return /^[^_]+_(.+)_key$/.exec(index)?.[1]?.split('_') ?? []
}

/**
 * The columns of the unique index that a write collided with, or undefined when the error is another one. Empty when
 * the columns are not known: on a server, primary keys and indexes that were written by hand.
 */
export function uniqueViolation(error: unknown): string[] | undefined {
  const parsed = driverError.safeParse(error)
  if (!parsed.success || parsed.data.code !== 'P2002') return undefined
  const { fields, index = '' } = parsed.data.meta.driverAdapterError.cause.constraint ?? {}
  return (fields ?? columnsOfIndex(index)).map((field) => field.replaceAll('"', ''))
}
