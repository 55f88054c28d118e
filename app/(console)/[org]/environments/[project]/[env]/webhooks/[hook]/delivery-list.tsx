'use client'

import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { DeliverySummary } from '@/lib/webhooks/deliveries'
import type { WebhookReference } from '@/lib/webhooks/webhooks'
import { sendAgain } from '../actions'

export interface DeliveryListProps {
  place: WebhookReference
  deliveries: DeliverySummary[]
}

/** What was sent, the newest first. */
export function DeliveryList({ place, deliveries }: DeliveryListProps) {
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
          <Badge>{text.webhooks.statuses[delivery.status]}</Badge>
          <Details delivery={delivery} />
          <Redeliver place={place} delivery={delivery.id} />
        </Row>
      ))}
    </Rows>
  )
}

function Redeliver({ place, delivery }: { place: WebhookReference; delivery: string }) {
  const [busy, run] = useAction()
  return (
    <Button
      size="sm"
      busy={busy}
      onClick={() => run({ work: () => sendAgain({ ...place, delivery }), done: text.webhooks.pinged })}
    >
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
