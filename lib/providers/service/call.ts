/** One call of a vendor's HTTP service: guarded, bounded, patient with rate limits, its refusals explained. */
import type * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import type { IdentityClaims } from '@/lib/oidc/token'
import { OutgoingError, type OutgoingResponse, sendRequest } from '@/lib/outgoing'
import { retryAfterMs, withBackoff } from '../backoff'
import { ProviderFailure } from '../failure'
import { shareReads } from '../share'
import { redact } from './redact'

/** What went wrong, in the service's words, and what to change. */
export interface Explanation {
  /** One word; the service's own code where it has one. */
  code: string
  answer: string
  advice: string
}

export interface Refused {
  status: number
  headers: OutgoingResponse['headers']
  /** The body when it was JSON, otherwise undefined. */
  body: unknown
  /** The body as it came. */
  text: string
}

/** One request to a service. */
export interface ServiceRequest {
  /** As in `fn::open::NAME`. */
  provider: string
  /** Who is called, in words, for example `Microsoft Entra`. */
  service: string
  url: URL
  method?: 'GET' | 'POST' | 'PUT'
  headers?: Readonly<Record<string, string>>
  body?: ServiceBody
  /** Everything confidential in the request: never shown, not even when the service repeats it. */
  secrets: readonly string[]
  /** The claims of the identity token that is presented, or that led to what is presented. */
  sent?: IdentityClaims | undefined
  context: CallContext
  /** A call that makes something new is repeated only where the service says that it did nothing (429). */
  makesNew?: true
  /** 4 MiB unless given. */
  maxBytes?: number
  /** 20 s unless given. */
  timeoutMs?: number
}

export interface ServiceCall<T> extends ServiceRequest {
  /** The documented form of a success. */
  answer: z.ZodType<T>
  /** What a refusal means; undefined when it says nothing of its own. */
  explain?(refused: Refused): Explanation | undefined
}

export type CallContext = Pick<ProviderContext, 'signal' | 'evaluation'>

export interface ServiceBody {
  type: string
  text: string
}

export function jsonBody(value: unknown): ServiceBody {
  return { type: 'application/json', text: JSON.stringify(value) }
}

export function formBody(fields: Readonly<Record<string, string>>): ServiceBody {
  return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() }
}

const defaults = { maxBytes: 4 * 1024 * 1024, timeoutMs: 20_000 }

/**
 * @returns the answer in its documented form
 * @throws ProviderFailure with the service's code where it gave one, else `Refused`, `NotFound`, `RateLimited`,
 *   `Unavailable`, `UnexpectedAnswer`, `InvalidAnswer`, `Timeout`, `Unreachable`, `RefusedAddress`
 */
export async function callService<T>(call: ServiceCall<T>): Promise<T> {
  return readAnswer(call, await sendPatiently(call))
}

/** What an answer means. @throws ProviderFailure as {@link callService} */
export function readAnswer<T>(call: ServiceCall<T>, response: OutgoingResponse): T {
  const body = parseJson(response.text)
  if (response.status >= 200 && response.status <= 299) {
    const parsed = call.answer.safeParse(body)
    if (parsed.success) return parsed.data
    throw callFailure(call, {
      code: 'InvalidAnswer',
      answer: `${call.service} answered in a form that it does not document`,
      advice: 'Check that the address belongs to this service.',
    })
  }
  const refused = { status: response.status, headers: response.headers, body, text: response.text }
  throw callFailure(call, call.explain?.(refused) ?? generally(call.service, refused))
}

const shared = shareReads<OutgoingResponse>()

/** Identical reads of one evaluation happen once; a busy service is asked again within the time there is. */
function sendPatiently(call: ServiceRequest): Promise<OutgoingResponse> {
  const { url, method = 'GET', headers, makesNew, context } = call
  const patience = { signal: context.signal, ...(makesNew && { busy: [429] }) }
  const send = () => withBackoff(() => sendOnce(call), patience)
  return method === 'GET' ? shared(context, [url.href, headers], send) : send()
}

/**
 * @returns any answer, whatever its status
 * @throws ProviderFailure `Timeout`, `Unreachable`, `RefusedAddress`, `InvalidAnswer`, `InvalidInputs`
 */
export async function sendOnce(call: ServiceRequest): Promise<OutgoingResponse> {
  const { url, method = 'GET', headers, body, context } = call
  const { maxBytes, timeoutMs } = { ...defaults, ...call }
  try {
    return await sendRequest({
      url,
      method,
      headers: { ...headers, ...(body && { 'content-type': body.type }) },
      ...(body && { body: body.text }),
      maxBytes,
      timeoutMs,
      signal: context.signal,
      ...(isLoopback(url) && { plainHttp: 'allowed' }),
    })
  } catch (error) {
    if (error instanceof OutgoingError) throw callFailure(call, unsent(call.service, error))
    throw error
  }
}

/** Nobody listens on the way to this machine itself; whether it may be reached at all is the operator's choice. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** A failure of this call; what the service said is redacted. */
export function callFailure(call: ServiceRequest, { code, answer, advice }: Explanation): ProviderFailure {
  return new ProviderFailure({
    provider: call.provider,
    code: /^\w+$/.test(code) ? code : 'Refused',
    answer: redact(answer, call.secrets),
    advice,
    ...(call.sent && { sent: call.sent }),
  })
}

function generally(service: string, { status, headers }: Refused): Explanation {
  const answer = `${service} answered with status ${status}`
  if (status === 401 || status === 403) {
    return { code: 'Refused', answer, advice: 'Check the credentials and what they are allowed to do.' }
  }
  if (status === 404) {
    return { code: 'NotFound', answer, advice: 'Check the names, and that the credentials may see them.' }
  }
  if (status === 429) {
    const after = retryAfterMs({ headers })
    const when = after === undefined ? 'later' : `in ${Math.ceil(after / 1000)} seconds`
    return {
      code: 'RateLimited',
      answer,
      advice: `${service} limits how often it is called: open again ${when}.`,
    }
  }
  if (status >= 500) return { code: 'Unavailable', answer, advice: `Open again when ${service} is well.` }
  return { code: 'UnexpectedAnswer', answer, advice: 'Check that the address belongs to this service.' }
}

function unsent(service: string, { code, message }: OutgoingError): Explanation {
  const answer = `${service}: ${message}`
  switch (code) {
    case 'refused_address':
      return {
        code: 'RefusedAddress',
        answer,
        advice: 'The operator can allow private addresses with OPENESC_ALLOW_PRIVATE_TARGETS.',
      }
    case 'timeout':
      return { code: 'Timeout', answer, advice: `Open again when ${service} is well.` }
    case 'too_large':
      return { code: 'InvalidAnswer', answer, advice: 'Check that the address belongs to this service.' }
    case 'invalid':
      return { code: 'InvalidInputs', answer, advice: 'Correct the address or the credentials.' }
    default:
      return { code: 'Unreachable', answer, advice: `Check that this server can reach ${service}.` }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
