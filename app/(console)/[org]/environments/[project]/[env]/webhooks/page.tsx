import type { Metadata } from 'next'
import Link from 'next/link'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/states'
import { readEnvironment } from '@/lib/environments/read'
import { listWebhooks, type WebhookSummary } from '@/lib/webhooks/webhooks'
import { Refused } from '../../../../../refused'
import { Header } from '../header'
import { EditWebhook } from './webhook-form'

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
  return (
    <>
      <Header reference={environment} section="webhooks">
        <EditWebhook reference={reference} />
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        {webhooks.length > 0 ? (
          <>
            <p className="px-4 py-3 text-muted">{text.webhooks.body}</p>
            <Rows label={text.webhooks.title}>
              {webhooks.map((webhook) => (
                <WebhookRow
                  key={webhook.name}
                  webhook={webhook}
                  href={`/${organization}/environments/${project}/${name}/webhooks/${webhook.name}`}
                />
              ))}
            </Rows>
          </>
        ) : (
          <EmptyState title={text.webhooks.empty}>
            <p>{text.webhooks.emptyBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}

function WebhookRow({ webhook, href }: { webhook: WebhookSummary; href: string }) {
  const { name, displayName, payloadUrl, filters, groups, hasSecret, active } = webhook
  const events = [...groups, ...filters]
  return (
    <Row>
      <RowName>
        <Link href={href} className="font-semibold hover:underline">
          {displayName || name}
        </Link>{' '}
        <span className="font-mono text-xs text-muted">{payloadUrl}</span>
      </RowName>
      <Fact>{events.length === 0 ? text.webhooks.everything : events.join(', ')}</Fact>
      <RowActions>
        <Badge>{hasSecret ? text.webhooks.signed : text.webhooks.unsigned}</Badge>
        {active ? null : <Badge>{text.webhooks.off}</Badge>}
      </RowActions>
    </Row>
  )
}
