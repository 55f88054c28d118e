/** What a driver adapter says went wrong, read from the shape: the error classes exist once per bundle. */
import { z } from 'zod'

const driverError = z.object({
  code: z.string(),
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({
        originalCode: z.string().optional(),
        code: z.string().optional(),
        constraint: z.object({ fields: z.array(z.string()).optional() }).optional(),
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

/** Deadlock or serialization failure: the same work may succeed when run again. */
export function isRetryable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const state = sqlState(error)
  return code === 'P2034' || state === '40001' || state === '40P01'
}

/**
 * The columns of the unique index that a write collided with, or undefined when the error is another one.
 * An index on expressions names none.
 */
export function uniqueViolation(error: unknown): string[] | undefined {
  const parsed = driverError.safeParse(error)
  if (!parsed.success || parsed.data.code !== 'P2002') return undefined
  const fields = parsed.data.meta.driverAdapterError.cause.constraint?.fields ?? []
  return fields.map((field) => field.replaceAll('"', ''))
}
