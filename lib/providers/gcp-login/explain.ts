import * as z from 'zod'
import type { Explanation, Refused } from '../service/call'

/** How Google's APIs tell errors, `google.rpc.Status` in JSON. */
const refusal = z.object({ error: z.object({ status: z.string(), message: z.string().default('') }) })

/** @param advice by Google's status, such as `PERMISSION_DENIED` */
export function explainGoogle(
  { body }: Refused,
  advice: (status: string) => string,
): Explanation | undefined {
  const { error } = refusal.safeParse(body).data ?? {}
  if (!error) return undefined
  return { code: error.status, answer: error.message || 'Google refused', advice: advice(error.status) }
}
