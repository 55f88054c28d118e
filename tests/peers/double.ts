/** What the doubles of HTTP services share: a server on loopback that keeps a record of what it was asked. */
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'

export interface DoubleRequest {
  method: string
  /** Decoded, without the query. */
  path: string
  query: URLSearchParams
  headers: http.IncomingHttpHeaders
  /** Raw. */
  body: string
}

export interface DoubleAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export interface Double {
  /** Origin, `http://127.0.0.1:PORT`, or `https://localhost:PORT` when a certificate was given. */
  url: string
  /** Everything asked so far, oldest first. */
  requests: DoubleRequest[]
  stop(): Promise<void>
}

export interface DoubleOptions {
  tls?: { key: string; cert: string } | undefined
}

/** Ends a request with an answer other than success. */
export class DoubleFault extends Error {
  constructor(readonly answer: DoubleAnswer) {
    super(`the double answers ${answer.status}`)
  }
}

/** Starts a double; what `answer` returns is sent as JSON. */
export async function startDouble(
  answer: (request: DoubleRequest) => DoubleAnswer | Promise<DoubleAnswer>,
  { tls }: DoubleOptions = {},
): Promise<Double> {
  const requests: DoubleRequest[] = []
  const listener: http.RequestListener = async (message, response) => {
    const request = await read(message)
    requests.push(request)
    const { status, body, headers } = await settle(answer, request)
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    requests,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function settle(
  answer: (request: DoubleRequest) => DoubleAnswer | Promise<DoubleAnswer>,
  request: DoubleRequest,
): Promise<DoubleAnswer> {
  try {
    return await answer(request)
  } catch (error) {
    if (error instanceof DoubleFault) return error.answer
    return { status: 500, body: { double: String(error) } }
  }
}

async function read(message: http.IncomingMessage): Promise<DoubleRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const url = new URL(message.url ?? '/', 'http://double')
  return {
    method: message.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

/** The token after `Bearer `, or undefined. */
export function bearerOf({ headers }: DoubleRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
}

/** A body of JSON or of a form, as text fields. */
export function fieldsOf({ headers, body }: DoubleRequest): Record<string, unknown> {
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body))
  }
  const parsed: unknown = body === '' ? {} : JSON.parse(body)
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}
