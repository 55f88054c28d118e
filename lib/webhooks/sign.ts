/** The headers by which a receiver knows where a request comes from (http-api.md §8, security case S10). Pure. */
import { createHmac } from 'node:crypto'

export interface Signed {
  /** The same for every try, so that a receiver can tell a repetition. */
  id: string
  kind: string
  at: Date
  body: string
  /** The newest first; none = unsigned. */
  secrets: readonly string[]
}

/**
 * `Pulumi-Webhook-Signature` covers the body alone, as the reference does. `Webhook-*` are those of the Standard Webhooks
 * specification, which cover id and time too: a receiver that refuses times more than five minutes off cannot be
 * replayed to. While a secret is being changed they carry a signature by each.
 */
export function signatureHeaders({ id, kind, at, body, secrets }: Signed): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const [newest] = secrets
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  )
  return {
    'Pulumi-Webhook-ID': id,
    'Pulumi-Webhook-Kind': kind,
    'Webhook-Id': id,
    'Webhook-Timestamp': String(timestamp),
    ...(newest !== undefined && {
      'Pulumi-Webhook-Signature': createHmac('sha256', newest).update(body).digest('hex'),
      'Webhook-Signature': signatures.join(' '),
    }),
  }
}
