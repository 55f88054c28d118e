/** What was sent to a webhook, and what came back. */
import type { Actor } from '@/lib/access/actor'
import { database } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { WebhookDelivery } from '@/lib/generated/prisma/client'
import { findWebhook, permitted, type WebhookReference } from './webhooks'

export type DeliverySummary = Omit<WebhookDelivery, 'organizationId' | 'webhookId' | 'at'> & { at: string }

const most = 100

/** The newest first. @throws Failure `not_found`, `forbidden` */
export async function listDeliveries(actor: Actor, reference: WebhookReference): Promise<DeliverySummary[]> {
  const environment = await permitted(database(), actor, reference, 'environment_webhook:read')
  const webhook = await findWebhook(database(), environment, reference.webhook)
  const rows = await database().webhookDelivery.findMany({
    where: { webhookId: webhook.id, organizationId: environment.organizationId },
    orderBy: { at: 'desc' },
    take: most,
    omit: { organizationId: true, webhookId: true },
  })
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/**
 * Sending needs the guarded way out (addresses checked when connecting), which is not there yet.
 *
 * @throws Failure `not_implemented`, after the checks that will stay
 */
export async function pingWebhook(actor: Actor, reference: WebhookReference): Promise<DeliverySummary> {
  const environment = await permitted(database(), actor, reference, 'environment_webhook:update')
  await findWebhook(database(), environment, reference.webhook)
  throw new Failure(
    'not_implemented',
    'Not Implemented: this version stores webhooks and does not send to them',
  )
}

/** @throws Failure as {@link pingWebhook} */
export async function redeliver(
  actor: Actor,
  { delivery, ...reference }: WebhookReference & { delivery: string },
): Promise<DeliverySummary> {
  const deliveries = await listDeliveries(actor, reference)
  if (!deliveries.some(({ id }) => id === delivery)) {
    throw new Failure('not_found', 'Not Found: Webhook delivery')
  }
  return pingWebhook(actor, reference)
}
