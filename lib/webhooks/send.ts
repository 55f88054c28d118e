/** One try: sign, send through the guarded way out, and say what came back. */
import type { IncomingHttpHeaders } from 'node:http'
import { OutgoingError, sendRequest } from '@/lib/outgoing'
import { signatureHeaders } from './sign'

export interface Outgoing {
  id: string
  kind: string
  format: string
  url: string
  /** JSON text. */
  body: string
  /** The newest first; none = unsigned. */
  secrets: readonly string[]
}

/** As it is kept. */
export interface Outcome {
  status: 'delivered' | 'failed'
  durationMs: number
  /** Lines that end with CRLF. */
  requestHeaders: string
  /** 0 when nothing came back. */
  responseCode: number
  responseHeaders: string
  /** Its beginning, or why there is none. */
  responseBody: string
}

const timeoutMs = 10_000
const maxBytes = 1024 * 1024
const keptCharacters = 4096

/** Any status from 200 to 299 is success; redirects are not followed (S03). Never throws for what the receiver does. */
export async function send(outgoing: Outgoing): Promise<Outcome> {
  const began = performance.now()
  const headers = headersOf(outgoing)
  const answer = await answerTo(outgoing, headers)
  return {
    ...answer,
    durationMs: Math.round(performance.now() - began),
    requestHeaders: headerText(headers),
  }
}

function headersOf({ id, kind, body, secrets }: Outgoing): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    ...signatureHeaders({ id, kind, at: new Date(), body, secrets }),
  }
}

type Answer = Omit<Outcome, 'durationMs' | 'requestHeaders'>

async function answerTo({ format, url, body }: Outgoing, headers: Record<string, string>): Promise<Answer> {
  if (format === 'pulumi_deployments') return unanswered('Starting deployments is not offered here.')
  try {
    const request = { url: new URL(url), method: 'POST', headers, body, maxBytes, timeoutMs } as const
    const { status, headers: received, text } = await sendRequest({ ...request, plainHttp: 'allowed' })
    return {
      status: status >= 200 && status < 300 ? 'delivered' : 'failed',
      responseCode: status,
      responseHeaders: headerText(received),
      responseBody: storable(text.slice(0, keptCharacters)),
    }
  } catch (error) {
    if (error instanceof OutgoingError) return unanswered(error.message)
    throw error
  }
}

function unanswered(reason: string): Answer {
  return { status: 'failed', responseCode: 0, responseHeaders: '', responseBody: reason }
}

/** Cookies that a receiver sets are for nobody. */
const unkept = new Set(['set-cookie', 'set-cookie2'])

function headerText(headers: IncomingHttpHeaders | Record<string, string>): string {
  return Object.entries(headers)
    .filter(([name]) => !unkept.has(name))
    .map(([name, value]) => `${name}: ${storable(String(value))}\r\n`)
    .join('')
    .slice(0, keptCharacters)
}

/** PostgreSQL keeps no NUL. */
function storable(text: string): string {
  return text.replaceAll('\0', '')
}
