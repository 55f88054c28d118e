/**
 * Requests to addresses that somebody chose (P10): they reach public addresses only, unless the operator allowed a
 * range. The address is checked when the connection is made, so that a name cannot first be harmless and then not.
 */
import { lookup as resolveName } from 'node:dns'
import { type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import ipaddr from 'ipaddr.js'
import { config } from './config'

export interface OutgoingOptions {
  maxBytes: number
  timeoutMs: number
  /** SHA-256 fingerprints (hex) of certificates to accept although no known authority signed them. */
  thumbprints?: readonly string[]
}

/** Why nothing came back; the message names the rule, never what was received. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError'
  readonly code: 'refused_address' | 'unreachable' | 'status' | 'too_large' | 'timeout'

  constructor(code: OutgoingError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Whether the address is public, or in a range that the operator allowed. */
export function mayReach(
  address: string,
  allowed: readonly string[] = config().allowPrivateTargets,
): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() === 'unicast') return true
  return allowed
    .map((range) => ipaddr.parseCIDR(range))
    .some((range) => parsed.kind() === range[0].kind() && parsed.match(range))
}

/**
 * GET without redirects.
 *
 * @returns the body as text
 * @throws OutgoingError
 */
export function fetchText(
  url: URL,
  { maxBytes, timeoutMs, thumbprints = [] }: OutgoingOptions,
): Promise<string> {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(bare) && !mayReach(bare)) return Promise.reject(refusedAddress())
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      lookup: publicLookup,
      agent: false,
      headers: { accept: 'application/json', 'user-agent': 'openesc' },
      signal: AbortSignal.timeout(timeoutMs),
    }
    const outgoing =
      url.protocol === 'https:'
        ? requestHttps(url, { ...options, rejectUnauthorized: thumbprints.length === 0 })
        : requestHttp(url, options)
    if (thumbprints.length > 0) outgoing.on('socket', (socket) => pin(socket, thumbprints))
    outgoing.on('error', (error) => reject(asOutgoingError(error)))
    outgoing.on('response', (response) => {
      if (response.statusCode !== 200) {
        response.destroy()
        return reject(new OutgoingError('status', `The address answered with status ${response.statusCode}.`))
      }
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxBytes)
          response.destroy(new OutgoingError('too_large', `The answer is over ${maxBytes} bytes.`))
        else chunks.push(chunk)
      })
      response.on('error', (error) => reject(asOutgoingError(error)))
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    })
    outgoing.end()
  })
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || first === undefined) return callback(error ?? refusedAddress(), '')
    if (!addresses.every(({ address }) => mayReach(address))) return callback(refusedAddress(), '')
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/** Node verified the chain but did not act on it: here the pinned certificate may stand in for an authority. */
function pin(socket: Socket, thumbprints: readonly string[]): void {
  if (!(socket instanceof TLSSocket)) return
  socket.once('secureConnect', () => {
    const fingerprint = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '').toLowerCase()
    const known = thumbprints.some((thumbprint) => thumbprint.toLowerCase() === fingerprint)
    if (!socket.authorized && !known) {
      socket.destroy(
        new OutgoingError('unreachable', 'The certificate is neither valid nor a registered one.'),
      )
    }
  })
}

function refusedAddress(): OutgoingError {
  return new OutgoingError(
    'refused_address',
    'The address is not public, and the operator has not allowed it.',
  )
}

function asOutgoingError(error: Error): OutgoingError {
  if (error instanceof OutgoingError) return error
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return new OutgoingError('timeout', 'The address did not answer in time.')
  }
  return new OutgoingError('unreachable', 'The address cannot be reached.')
}
