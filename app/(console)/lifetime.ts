import { z } from 'zod'

/** Days that a new token lives; 0 = until it is revoked. */
export const lifetimeSchema = z.number().int().min(0).max(731)

const dayMs = 86_400_000

/** The time at which what is made now ends, to spread into the input of a use case. */
export function expiryAfter(days: number): { expiresAt?: string } {
  return days > 0 ? { expiresAt: new Date(Date.now() + days * dayMs).toISOString() } : {}
}
