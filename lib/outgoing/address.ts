/** Which addresses may be reached (S01), and the look-up that checks those that are really connected to (S02). */
import { type LookupAddress, type LookupAllOptions, lookup as resolveName } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { config } from '@/lib/config'
import { refusedAddress } from './error'

/** RFC 4291 §2.4: what lies outside is special, translated or unassigned. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether the address is public, or in a range that the operator allowed. */
export function mayReach(
  address: string,
  allowed: readonly string[] = config().allowPrivateTargets,
): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (isPublic(parsed)) return true
  return allowed
    .map((range) => ipaddr.parseCIDR(range))
    .some((range) => parsed.kind() === range[0].kind() && parsed.match(range))
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast)
}

/**
 * Refuses addresses written as such and names that mean this machine everywhere. Other names are checked once they are
 * resolved, by {@link publicLookup} or, behind a proxy, by the proxy.
 *
 * @param host as in a URL, or without its brackets
 * @throws OutgoingError `refused_address`
 */
export function refuseForbiddenHost(host: string): void {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(bare) && !mayReach(bare)) throw refusedAddress()
  const isLoopbackName = bare === 'localhost' || bare.endsWith('.localhost')
  if (isLoopbackName && !mayReach('127.0.0.1') && !mayReach('::1')) throw refusedAddress()
}

/** Asks for all addresses of a name. */
export type ResolveName = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** One forbidden address among several refuses them all: a resolver cannot mix them (S02). */
export function publicLookup(resolve: ResolveName = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || first === undefined) return callback(error ?? refusedAddress(), '')
      if (!addresses.every(({ address }) => mayReach(address))) return callback(refusedAddress(), '')
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
