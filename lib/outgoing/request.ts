import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import { config } from '@/lib/config'
import type { ResolveName } from './address'
import { GuardedAgent } from './agent'
import { asOutgoingError, OutgoingError, refusedAddress } from './error'
import { pin } from './pin'

export interface OutgoingRequest {
  url: URL
  /** `GET` unless given. */
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
  /** Of the answer's body. */
  maxBytes: number
  /** From the first look-up to the last byte. */
  timeoutMs: number
  /** Ends the request early, for example when an evaluation is cancelled. */
  signal?: AbortSignal
  /** Unencrypted requests are refused unless `allowed`. */
  plainHttp?: 'allowed'
  /** PEM of authorities to trust in place of the well-known ones. */
  ca?: string
  /** SHA-256 fingerprints (hex) of certificates to accept although no known authority signed them. */
  thumbprints?: readonly string[]
  /** Stands in for the system's resolver. */
  resolve?: ResolveName
}

export interface OutgoingResponse {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/**
 * One request, bounded in bytes and time, to a public address (or one that the operator allowed), with nothing of the
 * server's own identity. Redirects are answers like any other and are not followed (S03); compressed answers are not
 * asked for (S04).
 *
 * @throws OutgoingError when no whole answer came back; any status is an answer
 */
export async function sendRequest(request: OutgoingRequest): Promise<OutgoingResponse> {
  const outgoing = start(request)
  const { thumbprints = [] } = request
  if (thumbprints.length > 0) outgoing.on('socket', (socket) => pin(socket, thumbprints))
  return new Promise((resolve, reject) => {
    outgoing.on('error', (error) => reject(asOutgoingError(error)))
    outgoing.on('response', (response) => {
      readText(response, request.maxBytes).then(
        (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        (error) => reject(asOutgoingError(error)),
      )
    })
    outgoing.end(request.body)
  })
}

function refuseForbiddenUrl({ url, plainHttp }: OutgoingRequest): void {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainHttp === 'allowed')) {
    throw new OutgoingError('invalid', 'The address must begin with https://.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutgoingError('invalid', 'The address must not hold a user name or password.')
  }
  // Our own door is not a target, even where its address is public: a request from us would come from inside.
  if (url.host === new URL(config().url).host) throw refusedAddress()
}

/** Not yet sent. With thumbprints no certificate is refused: the caller must look at it. */
export function start(request: OutgoingRequest): ClientRequest {
  const { url, method = 'GET', headers, timeoutMs, signal, ca, thumbprints = [], resolve } = request
  refuseForbiddenUrl(request)
  const limit = AbortSignal.timeout(timeoutMs)
  const options: RequestOptions = {
    agent: new GuardedAgent({ keepAlive: false, resolve }),
    method,
    headers: { accept: 'application/json', 'user-agent': 'openesc', ...headers },
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }
  const secure = { ...(ca !== undefined && { ca }), rejectUnauthorized: thumbprints.length === 0 }
  try {
    return url.protocol === 'https:'
      ? requestHttps(url, { ...options, ...secure })
      : requestHttp(url, options)
  } catch {
    // Node refuses line breaks and the like in headers and methods, and its message quotes them (S05).
    throw new OutgoingError('invalid', 'A header of the request holds a character that it may not hold.')
  }
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > maxBytes) throw new OutgoingError('too_large', `The answer is over ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
