import * as z from 'zod'
import type { Explanation, Refused } from '../service/call'

export const dopplerOrigin = 'https://api.doppler.com'

const refusal = z.object({ messages: z.array(z.string()) })

const codes: Record<number, string> = {
  400: 'InvalidRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
}

export function explainDoppler({ status, body }: Refused, advice: string): Explanation | undefined {
  const code = codes[status]
  const { messages } = refusal.safeParse(body).data ?? {}
  if (!messages || code === undefined) return undefined
  return { code, answer: messages.join('; ') || 'Doppler refused', advice }
}
