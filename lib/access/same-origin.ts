/**
 * Whether a request that changes something comes from our own pages (W04). Browsers say so themselves in
 * `Sec-Fetch-Site`; those that do not, and pages on plain http, send `Origin`. Who sends neither is no page of ours.
 */
import { config } from '@/lib/config'

/**
 * @param headers of the request
 * @param url public origin of the installation
 */
export function sameOrigin(headers: Headers, url: string = config().url): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  return headers.get('origin') === url
}

const readOnly: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a method may change something and so needs {@link sameOrigin}. */
export function changesSomething(method: string): boolean {
  return !readOnly.has(method.toUpperCase())
}
