/** Where a request comes from, as our own server wrote it on the request before passing it on. */
import type { Origin } from './person'

/**
 * Set by the server on every request, over whatever the client sent under these names. The address is the one after
 * trusted proxies.
 */
export const originHeaders = { address: 'x-openesc-address', requestId: 'x-openesc-request-id' } as const

export function originOf(headers: { get(name: string): string | null }): Origin {
  return {
    address: headers.get(originHeaders.address) ?? '',
    requestId: headers.get(originHeaders.requestId) ?? '',
  }
}
