import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PartHeading } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/states'
import { readEnvironment } from '@/lib/environments/read'
import { listDeliveries } from '@/lib/webhooks/deliveries'
import { readWebhook } from '@/lib/webhooks/webhooks'
import { Refused } from '../../../../../../refused'
import { Header } from '../../header'
import { EditWebhook } from '../webhook-form'
import { DeliveryList } from './delivery-list'
import { PingButton, RemoveWebhook } from './webhook-actions'

export const metadata: Metadata = { title: text.webhooks.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string; hook: string }>
}

export default async function WebhookPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name, hook } = await params
  const reference = { organization, project, name }
  const found = await attempt(() =>
    Promise.all([
      readEnvironment(actor, reference),
      readWebhook(actor, { ...reference, webhook: hook }),
      listDeliveries(actor, { ...reference, webhook: hook }),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environment }, webhook, deliveries] = found.value
  const place = { ...reference, webhook: webhook.name }
  return (
    <>
      <Header reference={environment} section="webhooks">
        <RemoveWebhook place={place} />
        <EditWebhook reference={reference} webhook={webhook} />
        <PingButton place={place} />
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <div className="flex flex-wrap items-center gap-3 px-4 pt-4">
          <h2 className="text-lg font-semibold">{webhook.displayName}</h2>
          <span className="font-mono text-xs break-all text-muted">{webhook.payloadUrl}</span>
          <Badge>{webhook.hasSecret ? text.webhooks.signed : text.webhooks.unsigned}</Badge>
          {webhook.active ? null : <Badge>{text.webhooks.off}</Badge>}
        </div>
        <PartHeading title={text.webhooks.deliveries} />
        {deliveries.length > 0 ? (
          <DeliveryList place={place} deliveries={deliveries} />
        ) : (
          <EmptyState title={text.webhooks.deliveriesEmpty}>
            <p>{text.webhooks.deliveriesEmptyBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}
