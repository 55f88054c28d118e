import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { EditWebhook } from '@/components/webhooks/webhook-form'
import { WebhookList } from '@/components/webhooks/webhook-list'
import { readEnvironment } from '@/lib/environments/read'
import { listWebhooks } from '@/lib/webhooks/webhooks'
import { Refused } from '../../../../../refused'
import { Header } from '../header'
import { siteOf } from './site'

export const metadata: Metadata = { title: text.webhooks.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
}

export default async function WebhooksPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const reference = { organization, project, name }
  const found = await attempt(() =>
    Promise.all([readEnvironment(actor, reference), listWebhooks(actor, reference)]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environment }, webhooks] = found.value
  const site = siteOf(reference)
  return (
    <>
      <Header reference={environment} section="webhooks">
        <EditWebhook site={site} />
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <WebhookList webhooks={webhooks} href={site.href} words={text.webhooks} />
      </div>
    </>
  )
}
