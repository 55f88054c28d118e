import * as z from 'zod'
import type { Explanation, Refused } from '../service/call'

export const dopplerOrigin = 'https://api.doppler.com'

/** What to do, by code. */
export const dopplerCodes: Readonly<Record<string, string>> = {
  InvalidRequest: 'Check the inputs of the call.',
  Unauthorized: 'Compare issuer, subject and audience of the service account identity with what was sent.',
  Forbidden: 'Let the service account read the config.',
  NotFound: 'Check identityId, project, config and name.',
}

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
