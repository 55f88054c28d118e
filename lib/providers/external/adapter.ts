/** The protocol that adapters speak, for providers and rotators alike (providers.md §4). */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { mintIdentityToken } from '@/lib/oidc/token'
import type { OutgoingResponse } from '@/lib/outgoing'
import { ProviderFailure } from '../failure'
import { subjectContext, withSubject } from '../identity'
import { invalidInputs } from '../parse-inputs'
import { callFailure, sendOnce } from '../service/call'
import { atEndpoint } from '../service/endpoint'
import { holdsSecret } from '../service/holds-secret'
import { redact } from '../service/redact'

export interface AdapterCall {
  /** The provider or rotator. */
  provider: string
  /** As in the definition; the audience is exactly this text. */
  url: string
  /** Sent as it is, as JSON. */
  body: Readonly<Record<string, unknown>>
  /** What is done when the adapter could not be reached or says that it is not ready; a rotation must not happen twice. */
  onFailure: 'try-again' | 'give-up'
  context: ProviderContext
}

const tokenSeconds = 300
const limits = { timeoutMs: 10_000, maxBytes: 1024 * 1024 }
const retryPauseMs = 250

const success = z.record(z.string(), z.json())

/**
 * Posts the body, with an identity token that is bound to the address and to the bytes of the body.
 *
 * @returns the JSON object that the adapter answered with status 200
 * @throws ProviderFailure
 */
export async function callAdapter(call: AdapterCall): Promise<z.output<typeof success>> {
  const { provider, url, body, onFailure, context } = call
  const text = JSON.stringify(body)
  const { token } = await adapterToken(call, text)
  const request = {
    provider,
    service: 'The adapter',
    url: atEndpoint(addressOf(provider, url)),
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: { type: 'application/json', text },
    secrets: [token],
    context,
    ...limits,
  } as const
  const send = () => sendOnce(request)
  const response = await (onFailure === 'try-again' ? onceMore(send, context.signal) : send())
  const parsed = response.status === 200 ? success.safeParse(parseJson(response.text)) : undefined
  if (parsed?.success) return parsed.data
  throw callFailure(request, refused(response, { token, mayQuote: !holdsSecret(context.annotatedInputs) }))
}

function addressOf(provider: string, url: string): URL {
  if (URL.canParse(url)) return new URL(url)
  throw invalidInputs(provider, 'url is not an address', 'Write it as https://host/path.')
}

/** The hash is in the notation of Subresource Integrity. */
function adapterToken({ provider, url, context }: AdapterCall, text: string) {
  const hash = createHash('sha256').update(text).digest('base64')
  return withSubject(provider, () =>
    mintIdentityToken({
      ...subjectContext(context),
      audience: url,
      lifetimeSeconds: tokenSeconds,
      claims: { body_hash: `sha256-${hash}` },
    }),
  )
}

async function onceMore(
  send: () => Promise<OutgoingResponse>,
  signal: AbortSignal,
): Promise<OutgoingResponse> {
  const again = async () => {
    await sleep(retryPauseMs, undefined, { signal }).catch(() => {})
    return send()
  }
  try {
    const response = await send()
    return [502, 503, 504].includes(response.status) ? again() : response
  } catch (error) {
    if (error instanceof ProviderFailure && error.refusal.code === 'Unreachable') return again()
    throw error
  }
}

function refused(
  { status, text }: OutgoingResponse,
  { token, mayQuote }: { token: string; mayQuote: boolean },
) {
  // What comes with any success may be the secret itself; only refusals explain themselves.
  const excerpt = mayQuote && status >= 400 ? redact(text, [token]).slice(0, 120) : ''
  const said = excerpt === '' ? '' : `: ${excerpt}`
  return status === 200
    ? {
        code: 'InvalidAnswer',
        answer: 'the adapter answered with something else than a JSON object',
        advice: 'The body of a success must be a JSON object.',
      }
    : {
        code: 'Refused',
        answer: `the adapter answered with status ${status}${said}`,
        advice: 'Only status 200 is a success; redirects are not followed. See the log of the adapter.',
      }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
