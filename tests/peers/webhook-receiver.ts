/** Whoever is told: keeps what arrives, and answers as a test wants. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface WebhookReceiver {
  /** Origin, on loopback. */
  url: string
  received: Received[]
  /** How the next requests are answered; 200 and `ok` at first. */
  answer: { status: number; headers?: Record<string, string>; body?: string }
  stop(): Promise<void>
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request
    receiver.received.push({ path, headers, body: await text(request) })
    const { status, headers: extra, body = 'ok' } = receiver.answer
    response.writeHead(status, extra).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}`,
    received: [],
    answer: { status: 200 },
    stop() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return receiver
}
