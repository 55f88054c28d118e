import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { EditWebhook } from '@/components/webhooks/webhook-form'
import { WebhookList } from '@/components/webhooks/webhook-list'
import { listWebhooks } from '@/lib/webhooks/webhooks'
import { Refused } from '../../../refused'
import { SettingsHeader } from '../header'
import { siteOf } from './site'

export const metadata: Metadata = { title: text.webhooks.title }

interface Props {
  params: Promise<{ org: string }>
}

export default async function WebhooksPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() => listWebhooks(actor, { organization }))
  if (!found.ok) return <Refused refusal={found} />
  const site = siteOf(organization)
  return (
    <>
      <SettingsHeader organization={organization} section="webhooks" actions={<EditWebhook site={site} />} />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <WebhookList webhooks={found.value} href={site.href} words={text.webhooks.ofOrganization} />
      </div>
    </>
  )
}
