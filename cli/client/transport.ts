import type { IncomingMessage } from 'node:http'
import { urlToHttpOptions } from 'node:url'
import { Failure, systemMessage } from '../failure'
import type { Io } from '../io'
import { showWaiting } from '../terminal/progress'
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
  const waited = showWaiting(io, `Waiting for ${new URL(request.url).host}`)
  try {
    return await repeated(io, request)
  } finally {
    waited()
  }
}

async function repeated(io: Io, request: Request): Promise<Answer> {
  const tries = request.method === 'GET' ? attempts : 1
  for (let attempt = 1, delay = firstDelayMs; ; attempt++, delay = Math.min(delay * 2, longestDelayMs)) {
    const result = await once(io, request).catch((error: unknown) => transportFailure(request, error))
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
async function once({ env }: Io, request: Request): Promise<Answer> {
  const url = new URL(request.url)
  const proxy = hasProxy(env) ? (await import('./proxy')).proxyFor(url, env) : undefined
  const { start, options } = proxy ? await throughProxy(proxy, url, request) : await directly(url, request)
  return new Promise((resolve, reject) => {
    const outgoing = start(options, (incoming) => collect(incoming).then(resolve, reject))
    outgoing.on('error', reject)
    outgoing.end(request.body)
  })
}

/** Most machines have none: then the rules are not even loaded. */
function hasProxy(env: Io['env']): boolean {
  return Boolean(env.HTTPS_PROXY || env.https_proxy || env.HTTP_PROXY || env.http_proxy)
}

interface Route {
  readonly start: typeof import('node:http').request
  readonly options: import('node:https').RequestOptions
}

async function directly(url: URL, request: Request): Promise<Route> {
  const { request: start } =
    url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return { start, options: { ...urlToHttpOptions(url), ...optionsOf(request) } }
}

/** https goes through a tunnel; http is asked of the proxy itself. */
async function throughProxy(proxy: URL, url: URL, request: Request): Promise<Route> {
  const { openTunnel, proxyHeaders, speakTls } = await import('./proxy')
  if (url.protocol !== 'https:') {
    const { start, options } = await directly(proxy, request)
    const headers = { ...optionsOf(request).headers, Host: url.host, ...proxyHeaders(proxy) }
    return { start, options: { ...options, auth: null, path: url.href, headers } }
  }
  const [socket, route] = await Promise.all([openTunnel(proxy, url), directly(url, request)])
  const createConnection = () => speakTls(socket, url, optionsOf(request))
  return { ...route, options: { ...route.options, createConnection } }
}

function optionsOf(request: Request) {
  return {
    method: request.method,
    headers: { 'Accept-Encoding': 'gzip', 'User-Agent': userAgent(), ...request.headers },
    rejectUnauthorized: !request.insecure,
  }
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
