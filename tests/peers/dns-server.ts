/** A name server on loopback whose answers the test decides, one query at a time (RFC 1035, UDP, IPv4 addresses only). */
import { createSocket, type RemoteInfo } from 'node:dgram'

export interface DnsServer {
  port: number
  /** Names asked for, in order, IPv4 queries only. */
  queries: string[]
  stop(): Promise<void>
}

const typeA = 1

/** @param answer the addresses for one more query of a name */
export async function startDnsServer(answer: (name: string) => readonly string[]): Promise<DnsServer> {
  const queries: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, type, end } = question(query)
    if (type === typeA) queries.push(name)
    socket.send(reply(query.subarray(0, end), type === typeA ? answer(name) : []), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const stop = () => new Promise<void>((resolve) => socket.close(() => resolve()))
  return { port: socket.address().port, queries, stop }
}

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function reply(query: Buffer, addresses: readonly string[]): Buffer {
  const header = Buffer.from(query)
  header.writeUInt16BE(0x8580, 2)
  header.writeUInt16BE(addresses.length, 6)
  header.writeUInt32BE(0, 8)
  return Buffer.concat([header, ...addresses.map(record)])
}

/** The question's name again, type A, class IN, not to be kept. */
function record(address: string): Buffer {
  const head = Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 0, 0, 4])
  return Buffer.concat([head, Buffer.from(address.split('.').map(Number))])
}
