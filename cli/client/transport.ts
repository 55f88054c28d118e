import type { IncomingMessage } from 'node:http'
import { Failure, systemMessage } from '../failure'
import type { Io } from '../io'
import { version } from '../version'

export interface Request {
  readonly method: string
  /** Complete URL. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Skip the check of the server's certificate. */
  readonly insecure: boolean
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

const attempts = 4
const firstDelayMs = 1000
const longestDelayMs = 30_000
/** Larger answers are refused: no environment is that big, and memory must stay bounded. */
const maxAnswerBytes = 256 * 1024 * 1024

/**
 * Sends a request. GET is repeated on transport errors and on 5xx (http-api.md §1.4), everything else is sent once.
 * Redirects are not followed: the token belongs to the origin that the person logged in to, and to no other.
 */
export async function send(io: Io, request: Request): Promise<Answer> {
  const tries = request.method === 'GET' ? attempts : 1
  for (let attempt = 1, delay = firstDelayMs; ; attempt++, delay = Math.min(delay * 2, longestDelayMs)) {
    const result = await once(request).catch((error: unknown) => transportFailure(request, error))
    const retriable = result instanceof Failure || result.status >= 500
    if (!retriable || attempt >= tries) {
      if (result instanceof Failure) throw result
      return refuseRedirect(request, result)
    }
    await io.sleep(delay)
  }
}

// node:http and not fetch: loading fetch takes longer than all the rest of a command, and it has no way to accept a
// self-signed certificate for one request only.
async function once(request: Request): Promise<Answer> {
  const url = new URL(request.url)
  const { request: start } =
    url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const outgoing = start(
      url,
      {
        method: request.method,
        headers: { 'Accept-Encoding': 'gzip', 'User-Agent': userAgent(), ...request.headers },
        rejectUnauthorized: !request.insecure,
      },
      (incoming) => collect(incoming).then(resolve, reject),
    )
    outgoing.on('error', reject)
    outgoing.end(request.body)
  })
}

async function collect(incoming: IncomingMessage): Promise<Answer> {
  const zipped = incoming.headers['content-encoding'] === 'gzip'
  const source = zipped ? incoming.pipe((await import('node:zlib')).createGunzip()) : incoming
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxAnswerBytes) throw new Error('the answer is too large')
    chunks.push(bytes)
  }
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) }
}

function refuseRedirect(request: Request, answer: Answer): Answer {
  const { location } = answer.headers
  if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer
  const target = URL.canParse(location, request.url)
    ? new URL(location, request.url).origin
    : 'an unreadable address'
  throw new Failure(
    'TRANSPORT',
    `performing HTTP request: ${new URL(request.url).origin} redirects to ${target}; log in with that URL if you trust it`,
  )
}

function transportFailure(request: Request, error: unknown): Failure {
  const url = new URL(request.url)
  const failure = new Failure(
    'TRANSPORT',
    `performing HTTP request: ${request.method} ${url.origin}${url.pathname}: ${systemMessage(error)}`,
  )
  failure.cause = error
  return failure
}

function userAgent(): string {
  return `esc-cli/1 (${version}; ${process.platform})`
}
