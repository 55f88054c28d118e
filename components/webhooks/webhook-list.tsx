import Link from 'next/link'
import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/states'
import type { WebhookSummary } from '@/lib/webhooks/webhooks'

export interface WebhookListProps {
  webhooks: readonly WebhookSummary[]
  /** Address of the list; each has its page below. */
  href: string
  words: { body: string; emptyBody: string }
}

export function WebhookList({ webhooks, href, words }: WebhookListProps) {
  if (webhooks.length === 0) {
    return (
      <EmptyState title={text.webhooks.empty}>
        <p>{words.emptyBody}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <p className="px-4 py-3 text-muted">{words.body}</p>
      <Rows label={text.webhooks.title}>
        {webhooks.map((webhook) => (
          <WebhookRow key={webhook.name} webhook={webhook} href={`${href}/${webhook.name}`} />
        ))}
      </Rows>
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
