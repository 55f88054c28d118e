/**
 * An HTTP proxy that ends every tunnel in a peer, to AWS in strict-aws for example. Programs keep speaking to the real host names over real
 * TLS, and nothing about the test shows in what they were told, except the proxy and a certificate authority.
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { createTestCa } from './test-ca'

export interface ConnectProxy {
  /** For `HTTPS_PROXY`. */
  url: string
  /** PEM of the authority behind the tunnels, for `AWS_CA_BUNDLE`. */
  certificate: string
  /** Every tunnel asked for, `host:port`, granted or not. */
  tunnels: string[]
  stop(): Promise<void>
}

/** The names of AWS that programs use here. */
const aws = ['*.amazonaws.com', '*.us-east-1.amazonaws.com', '*.s3.us-east-1.amazonaws.com']

/**
 * Starts the proxy; each accepted tunnel, decrypted, is handed to the peer.
 *
 * @param names whose tunnels to port 443 are accepted, `*.` for what is below a name
 */
export async function startConnectProxy(
  peer: { accept(connection: Duplex): void },
  { names = aws }: { names?: string[] } = {},
): Promise<ConnectProxy> {
  const authority = await createTestCa()
  const secureContext = tls.createSecureContext(await authority.issue(names))
  const tunnels: string[] = []
  const open = new Set<Duplex>()
  const server = http.createServer((_, response) => {
    response.writeHead(405).end('This proxy only tunnels.\n')
  })
  server.on('connect', (request: http.IncomingMessage, socket: Duplex) => {
    open.add(socket.once('close', () => open.delete(socket)))
    socket.on('error', () => socket.destroy())
    const target = request.url ?? ''
    tunnels.push(target)
    if (!names.some((name) => isServed(target, name))) {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    peer.accept(decrypted(socket, secureContext))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const stop = () => {
    for (const socket of open) socket.destroy()
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${port}`, certificate: authority.certificate, tunnels, stop }
}

function isServed(target: string, name: string): boolean {
  const [host = '', port] = target.split(':')
  return port === '443' && (host === name || (name.startsWith('*.') && host.endsWith(name.slice(1))))
}

function decrypted(socket: Duplex, secureContext: tls.SecureContext): tls.TLSSocket {
  // The tunnel of an HTTP CONNECT is a TCP socket, which the event's type does not say.
  const inside = new tls.TLSSocket(socket as import('node:net').Socket, { isServer: true, secureContext })
  return inside.on('error', () => inside.destroy())
}
