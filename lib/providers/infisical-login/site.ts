/** The site that an Infisical account lives at, which people outside the United States tend to forget. */
import * as z from 'zod'
import type { Explanation, Refused } from '../service/call'
import { serviceUrl } from '../service/endpoint'

export const siteUrl = z
  .string()
  .regex(/^https?:\/\/[^/?#@\s]+\/?$/)
  .meta({ description: 'address of the site: scheme and host; the United States cloud when absent' })

const defaultSite = 'https://app.infisical.com'

export function urlAt(
  site: string | undefined,
  path: string[],
  query: Record<string, string | undefined> = {},
) {
  return serviceUrl(new URL(site ?? defaultSite).origin, path, query)
}

/** Which host was called, for advice. */
export function siteWords(site: string | undefined): string {
  const host = new URL(site ?? defaultSite).host
  return `${host} was called: set siteUrl when the account is elsewhere.`
}

/** What to do, by code. */
export const infisicalCodes: Readonly<Record<string, string>> = {
  InvalidRequest: 'Check the inputs of the call.',
  Unauthorized: 'Check the machine identity and siteUrl.',
  Forbidden: 'Compare the machine identity with what was sent, and what it may read.',
  NotFound: 'Check the names, and that siteUrl is the site of the account.',
}

const refusal = z.object({ message: z.string(), error: z.string().optional() })

export function explainInfisical({ status, body }: Refused, advice: string): Explanation | undefined {
  if (status === 429 || status >= 500) return undefined
  const parsed = refusal.safeParse(body).data
  if (!parsed) return undefined
  const codes: Record<number, string> = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound' }
  return { code: codes[status] ?? 'InvalidRequest', answer: parsed.message, advice }
}
