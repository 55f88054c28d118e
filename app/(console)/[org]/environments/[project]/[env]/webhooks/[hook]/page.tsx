import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { PingButton, RemoveWebhook } from '@/components/webhooks/webhook-actions'
import { EditWebhook } from '@/components/webhooks/webhook-form'
import { WebhookView } from '@/components/webhooks/webhook-view'
import { readEnvironment } from '@/lib/environments/read'
import { listDeliveries } from '@/lib/webhooks/deliveries'
import { readWebhook } from '@/lib/webhooks/webhooks'
import { Refused } from '../../../../../../refused'
import { Header } from '../../header'
import { siteOf } from '../site'

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
  const site = siteOf(reference)
  return (
    <>
      <Header reference={environment} section="webhooks">
        <RemoveWebhook site={site} webhook={webhook.name} />
        <EditWebhook site={site} webhook={webhook} />
        <PingButton site={site} webhook={webhook.name} />
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <WebhookView site={site} webhook={webhook} deliveries={deliveries} />
      </div>
    </>
  )
}
