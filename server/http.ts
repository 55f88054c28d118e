/**
 * The one HTTP server. Before a request reaches a door (API, issuer, console) it is stripped of what only we may say,
 * and given a request id and the client's address; after that the doors may believe those headers.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { originHeaders } from '@/lib/access/origin'
import { StartupError } from '@/lib/startup-error'

export type Door = (request: IncomingMessage, response: ServerResponse) => unknown

/** What clients may not set: our own headers, and Next's internal ones, with which checks were once skipped (W01). */
const reserved =
  /^(x-openesc-|x-nonce$|x-middleware-|x-nextjs-|x-invoke-|x-matched-path$|x-now-route-matches$)/
const forwarding = /^(forwarded|x-forwarded-(for|host|port|proto))$/

export interface HttpOptions {
  /** CIDRs whose forwarding headers count. */
  trustedProxies: string[]
  /** Which door answers a path (with its query string, as received). */
  doorFor(url: string): Door
}

type Range = ReturnType<typeof ipaddr.parseCIDR>

function isIn(address: string, ranges: Range[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range))
}

function plainAddress(address: string | undefined): string {
  return address !== undefined && ipaddr.isValid(address) ? ipaddr.process(address).toString() : ''
}

/** The other end of a connection. */
interface Peer {
  address: string
  isProxy: boolean
}

/** Who is at the other end stays the same for all requests of a connection. */
function peersOf(trusted: Range[]): (socket: Socket) => Peer {
  const known = new WeakMap<Socket, Peer>()
  return (socket) => {
    const found = known.get(socket)
    if (found) return found
    const address = plainAddress(socket.remoteAddress)
    const peer = { address, isProxy: isIn(address, trusted) }
    known.set(socket, peer)
    return peer
  }
}

/** The nearest address that is not a trusted proxy's: what lies beyond it anybody could have written. */
function clientAddress(request: IncomingMessage, peer: Peer, trusted: Range[]): string {
  if (!peer.isProxy) return peer.address
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',')
  let { address } = peer
  while (isIn(address, trusted)) {
    const before = plainAddress(forwarded.pop()?.trim())
    if (before === '') break
    address = before
  }
  return address
}

/** A proxy's own id is kept, so that its log and ours can be joined. */
function requestId(request: IncomingMessage, isProxied: boolean): string {
  const given = request.headers['x-request-id']
  return isProxied && typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
}

function remove(request: IncomingMessage, unwanted: (name: string) => boolean): void {
  const names = Object.keys(request.headers).filter(unwanted)
  if (names.length === 0) return
  for (const name of names) delete request.headers[name]
  const kept: string[] = []
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = request.rawHeaders.slice(at, at + 2)
    if (!unwanted(name.toLowerCase())) kept.push(name, value)
  }
  request.rawHeaders.splice(0, request.rawHeaders.length, ...kept)
}

function receive(request: IncomingMessage, response: ServerResponse, peer: Peer, trusted: Range[]): void {
  const address = clientAddress(request, peer, trusted)
  const id = requestId(request, peer.isProxy)
  remove(request, (name) => reserved.test(name) || (!peer.isProxy && forwarding.test(name)))
  request.headers[originHeaders.address] = address
  request.headers[originHeaders.requestId] = id
  response.setHeader('x-request-id', id)
  response.setHeader('x-content-type-options', 'nosniff')
}

/** Slow senders are cut off; an answer may take as long as it needs. */
const limits = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
}

export function createHttpServer({ trustedProxies, doorFor }: HttpOptions): Server {
  const trusted = trustedProxies.map((range) => ipaddr.parseCIDR(range))
  const peerOf = peersOf(trusted)
  const server = createServer(limits, (request, response) => {
    receive(request, response, peerOf(request.socket), trusted)
    return doorFor(request.url ?? '/')(request, response)
  })
  server.maxHeadersCount = 200
  return server
}

export interface Address {
  host: string
  port: number
}

/** @throws StartupError `port_in_use`, `listen_failed` */
export function listen(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { host, port })))
    server.listen({ host, port }, resolve)
  })
}

function listenError(error: NodeJS.ErrnoException, { host, port }: Address): StartupError {
  if (error.code === 'EADDRINUSE') {
    return new StartupError('port_in_use', `Port ${port} on ${host} is in use. Set PORT to another one.`)
  }
  if (error.code === 'EACCES') {
    return new StartupError(
      'listen_failed',
      `This user may not listen on port ${port}. Set PORT to one above 1023.`,
    )
  }
  return new StartupError('listen_failed', `Cannot listen on ${host}:${port} (${error.code}).`)
}

/** Fails early, before anything is created, where {@link listen} would fail at the end. */
export async function requireFreePort(address: Address): Promise<void> {
  const probe = createServer()
  await listen(probe, address)
  await new Promise((done) => probe.close(done))
}

/** Takes no new requests, lets those that run finish for up to `graceMs`, then cuts them off. */
export async function closeHttpServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  // A connection that a browser keeps open becomes idle only when its last answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
