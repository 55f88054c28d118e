import type { Outcome } from '@/components/outcome'
import type { WebhookPlace } from '@/lib/webhooks/place'
import type { WebhookFormat } from '@/lib/webhooks/rules'
import type { WebhookFields } from '@/lib/webhooks/webhooks'

export interface WebhookInput extends WebhookFields {
  /** Of the webhook that is changed; absent = a new one. */
  webhook?: string
  format: WebhookFormat
  /** Empty = none, or the one there is. */
  secret: string
  removeSecret: boolean
}

/** Where webhooks hang, with the actions of the pages there. */
export interface WebhookSite<P extends WebhookPlace> {
  place: P
  /** Address of the list. */
  href: string
  save: (input: P & WebhookInput) => Promise<Outcome<null>>
  remove: (input: P & { webhook: string }) => Promise<Outcome<null>>
  /** Gives the status that came back; 0 = none did. */
  ping: (input: P & { webhook: string }) => Promise<Outcome<number>>
  /** As `ping`. */
  sendAgain: (input: P & { webhook: string; delivery: string }) => Promise<Outcome<number>>
}
