import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { PingButton, RemoveWebhook } from '@/components/webhooks/webhook-actions'
import { EditWebhook } from '@/components/webhooks/webhook-form'
import { WebhookView } from '@/components/webhooks/webhook-view'
import { listDeliveries } from '@/lib/webhooks/deliveries'
import { readWebhook } from '@/lib/webhooks/webhooks'
import { Refused } from '../../../../refused'
import { SettingsHeader } from '../../header'
import { siteOf } from '../site'

export const metadata: Metadata = { title: text.webhooks.title }

interface Props {
  params: Promise<{ org: string; hook: string }>
}

export default async function WebhookPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, hook } = await params
  const reference = { organization, webhook: hook }
  const found = await attempt(() =>
    Promise.all([readWebhook(actor, reference), listDeliveries(actor, reference)]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [webhook, deliveries] = found.value
  const site = siteOf(organization)
  return (
    <>
      <SettingsHeader
        organization={organization}
        section="webhooks"
        name={webhook.displayName}
        actions={
          <>
            <RemoveWebhook site={site} webhook={webhook.name} />
            <EditWebhook site={site} webhook={webhook} />
            <PingButton site={site} webhook={webhook.name} />
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <WebhookView site={site} webhook={webhook} deliveries={deliveries} />
      </div>
    </>
  )
}
