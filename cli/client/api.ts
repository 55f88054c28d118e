import { Failure } from '../failure'
import type { Io } from '../io'
import { integer, isObject, text } from './decode'
import { type Json, JsonSyntaxError, NumberLiteral, parseJson } from './json'
import { type Answer, send } from './transport'
import { type Diagnostic, decodeDiagnostics } from './values'

/** Whom a command talks to, and as whom. */
export interface Backend {
  /** Base URL as typed at login. */
  readonly url: string
  readonly token: string
  readonly insecure: boolean
}

/** A request to the API. Path segments are encoded here, so names may hold any character. */
export interface Call {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Sent as it is; a definition or the text of a JSON document. */
  readonly body?: string
}

/** The server refused. `status` is the `code` of the body, which is what decides (http-api.md §1.5, trap 1). */
export class ApiFailure extends Failure {
  constructor(
    readonly status: number,
    message: string,
    readonly diagnostics: readonly Diagnostic[],
    /** The body of the answer, where it is JSON; a refused check carries the part that could be evaluated. */
    readonly body: Json | undefined = undefined,
  ) {
    super(status === 401 ? 'NOT_LOGGED_IN' : 'API', message)
  }
}

/** The HTTP API of one backend. */
export class Api {
  constructor(
    readonly io: Io,
    readonly backend: Backend,
  ) {}

  /** Sends a call and returns the answer, which is a success; every other status is an `ApiFailure`. */
  async send(call: Call): Promise<Answer> {
    const answer = await send(this.io, {
      method: call.method ?? 'GET',
      url: this.#url(call),
      headers: this.#headers(call),
      insecure: this.backend.insecure,
      ...(call.body === undefined ? {} : { body: call.body }),
    })
    if (answer.status >= 200 && answer.status < 300) return answer
    throw refusal(answer, this.backend.token !== '')
  }

  /** The JSON of a successful answer; null for an empty body. */
  async json(call: Call): Promise<Json> {
    return decodeBody(await this.send(call))
  }

  #url({ path, query = {} }: Call): string {
    const base = this.backend.url.replace(/\/$/, '')
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) search.set(name, String(value))
    }
    const suffix = search.size > 0 ? `?${search}` : ''
    return `${base}/api/${path.map(encodeURIComponent).join('/')}${suffix}`
  }

  #headers(call: Call): Record<string, string> {
    const headers: Record<string, string> = {
      Accept: 'application/vnd.pulumi+8',
      'Content-Type': 'application/json',
    }
    if (this.backend.token !== '') headers.Authorization = `token ${this.backend.token}`
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (value !== undefined) headers[name] = value
    }
    return headers
  }
}

/** Whether an error is the server's answer with this status. */
export function isStatus(error: unknown, status: number): error is ApiFailure {
  return error instanceof ApiFailure && error.status === status
}

/** The body of a successful answer as JSON. */
export function decodeBody(answer: Answer): Json {
  const body = answer.body.toString()
  if (body.trim() === '') return null
  const json = tryJson(body)
  if (json === undefined) throw new Failure('API', 'unmarshalling response object: the answer is not JSON')
  return json
}

function tryJson(body: string): Json | undefined {
  try {
    return parseJson(body)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined
    throw error
  }
}

/** The texts of cli.md §8. */
function refusal(answer: Answer, hasToken: boolean): ApiFailure {
  if (answer.status === 429) return new ApiFailure(429, 'esc: request rate-limit exceeded', [])
  if (answer.status === 401 && !hasToken) {
    return new ApiFailure(401, 'this command requires logging in; try running `esc login` first', [])
  }
  const { code, message, diagnostics, body } = decodeRefusal(answer)
  const id = answer.headers['x-pulumi-request-id']
  const trailer = answer.status >= 500 && id ? ` (Request ID: ${id})` : ''
  const summaries = diagnostics.map((diagnostic) => diagnostic.summary).join('\n')
  const details = diagnostics.length > 0 ? `\nDiags: ${summaries}` : ''
  return new ApiFailure(code, `[${code}] ${message}${trailer}${details}`, diagnostics, body)
}

interface Refusal {
  readonly code: number
  readonly message: string
  readonly diagnostics: readonly Diagnostic[]
  readonly body: Json | undefined
}

/** A body of another form becomes the message as a whole (http-api.md §1.5, trap 1). */
function decodeRefusal(answer: Answer): Refusal {
  const raw = answer.body.toString()
  const body = tryJson(raw)
  const code = isObject(body) ? body.get('code') : undefined
  if (!isObject(body) || !(code instanceof NumberLiteral)) {
    return { code: answer.status, message: raw.trim(), diagnostics: [], body }
  }
  return {
    code: integer(body, 'code'),
    message: text(body, 'message'),
    diagnostics: decodeDiagnostics(body),
    body,
  }
}
