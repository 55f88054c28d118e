'use client'

import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { DeliverySummary } from '@/lib/webhooks/deliveries'
import type { WebhookPlace } from '@/lib/webhooks/place'
import type { WebhookSite } from './site'

export interface DeliveryListProps<P extends WebhookPlace> {
  site: WebhookSite<P>
  /** Its name. */
  webhook: string
  deliveries: DeliverySummary[]
}

/** What was sent, the newest first. */
export function DeliveryList<P extends WebhookPlace>({ site, webhook, deliveries }: DeliveryListProps<P>) {
  return (
    <Rows label={text.webhooks.deliveries}>
      {deliveries.map((delivery) => (
        <Row key={delivery.id}>
          <RowName>
            <span className="font-mono">{delivery.kind}</span>{' '}
            <span className="text-muted">
              <Ago at={delivery.at} />
            </span>
          </RowName>
          <Fact>{delivery.responseCode === 0 ? text.webhooks.noAnswer : delivery.responseCode}</Fact>
          <Fact>
            {text.webhooks.tries(delivery.tries)}
            {delivery.nextTryAt ? (
              <>
                , {text.webhooks.nextTry} <Ago at={delivery.nextTryAt} />
              </>
            ) : null}
          </Fact>
          <RowActions>
            <Badge {...(delivery.status === 'failed' && { tone: 'error' })}>
              {text.webhooks.statuses[delivery.status]}
            </Badge>
            <Details delivery={delivery} />
            <Redeliver site={site} webhook={webhook} delivery={delivery.id} />
          </RowActions>
        </Row>
      ))}
    </Rows>
  )
}

interface RedeliverProps<P extends WebhookPlace> {
  site: WebhookSite<P>
  webhook: string
  delivery: string
}

function Redeliver<P extends WebhookPlace>({ site, webhook, delivery }: RedeliverProps<P>) {
  const [busy, run] = useAction()
  const work = () => site.sendAgain({ ...site.place, webhook, delivery })
  return (
    <Button size="sm" busy={busy} onClick={() => run({ work, done: text.webhooks.pinged })}>
      {text.webhooks.redeliver}
    </Button>
  )
}

function Details({ delivery }: { delivery: DeliverySummary }) {
  const { kind, requestUrl, requestHeaders, payload, responseHeaders, responseBody, durationMs } = delivery
  return (
    <DialogButton
      label={text.webhooks.details}
      button={{ size: 'sm', look: 'ghost' }}
      title={text.webhooks.detailsOf(kind)}
      description={`${requestUrl} · ${text.webhooks.duration(durationMs)}`}
      size="xl"
    >
      {() => (
        <div className="grid gap-4 lg:grid-cols-2">
          <Message title={text.webhooks.request} headers={requestHeaders} body={payload} />
          <Message title={text.webhooks.response} headers={responseHeaders} body={responseBody} />
        </div>
      )}
    </DialogButton>
  )
}

function Message({ title, headers, body }: { title: string; headers: string; body: string }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1 font-semibold">{title}</h3>
      <textarea
        readOnly
        aria-label={title}
        rows={16}
        value={[headers, body].filter(Boolean).join('\n\n')}
        className="w-full rounded border border-line bg-raised p-2 font-mono text-xs"
      />
    </section>
  )
}
