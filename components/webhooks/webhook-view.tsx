import { PartHeading } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/states'
import type { DeliverySummary } from '@/lib/webhooks/deliveries'
import type { WebhookPlace } from '@/lib/webhooks/place'
import type { WebhookSummary } from '@/lib/webhooks/webhooks'
import { DeliveryList } from './delivery-list'
import type { WebhookSite } from './site'

export interface WebhookViewProps<P extends WebhookPlace> {
  site: WebhookSite<P>
  webhook: WebhookSummary
  deliveries: DeliverySummary[]
}

/** One webhook, and what was sent to it. Below an organization its name heads the page already. */
export function WebhookView<P extends WebhookPlace>({ site, webhook, deliveries }: WebhookViewProps<P>) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 pt-4">
        {site.place.project === undefined ? null : (
          <h2 className="text-lg font-semibold">{webhook.displayName}</h2>
        )}
        <span className="font-mono text-xs break-all text-muted">{webhook.payloadUrl}</span>
        <Badge>{webhook.hasSecret ? text.webhooks.signed : text.webhooks.unsigned}</Badge>
        {webhook.active ? null : <Badge>{text.webhooks.off}</Badge>}
      </div>
      <PartHeading title={text.webhooks.deliveries} />
      {deliveries.length > 0 ? (
        <DeliveryList site={site} webhook={webhook.name} deliveries={deliveries} />
      ) : (
        <EmptyState title={text.webhooks.deliveriesEmpty}>
          <p>{text.webhooks.deliveriesEmptyBody}</p>
        </EmptyState>
      )}
    </>
  )
}
