/** What was sent to a webhook, and what came back. */
import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { database, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { WebhookDelivery } from '@/lib/generated/prisma/client'
import { attempt } from './deliver'
import { pingPayload } from './payload'
import { findWebhook, type PlacedWebhook, permitted, recordOn } from './place'
import { webhookFormat } from './rules'

export type DeliverySummary = Omit<WebhookDelivery, 'organizationId' | 'webhookId' | 'at' | 'nextTryAt'> & {
  at: string
  /** Null = no further try. */
  nextTryAt: string | null
}

const most = 100

/** The newest first. @throws Failure `not_found`, `forbidden` */
export async function listDeliveries(actor: Actor, reference: PlacedWebhook): Promise<DeliverySummary[]> {
  const place = await permitted(database(), actor, reference, 'read')
  const { id: webhookId, organizationId } = await findWebhook(database(), place, reference.webhook)
  const rows = await database().webhookDelivery.findMany({
    where: { webhookId, organizationId },
    orderBy: { at: 'desc' },
    take: most,
  })
  return rows.map(summarizeDelivery)
}

/**
 * Sends a test at once, also to a webhook that is switched off, and tells what came of it; it is not tried again.
 *
 * @throws Failure `not_found`, `forbidden`
 */
export async function pingWebhook(actor: Actor, reference: PlacedWebhook): Promise<DeliverySummary> {
  const { webhook, place } = await permittedWebhook(actor, reference)
  const at = new Date()
  const message = { id: randomUUID(), kind: 'ping', payload: pingPayload(webhookFormat(webhook), at) }
  const outcome = await attempt(message, webhook)
  const data = { ...message, ...outcome, at, requestUrl: webhook.payloadUrl, tries: 1 }
  return withTransaction(async (tx) => {
    const { organizationId, id: webhookId } = webhook
    const row = await tx.webhookDelivery.create({ data: { ...data, organizationId, webhookId } })
    await recordOn(tx, place, { actor, webhook, happened: 'pinged', did: 'Tested a webhook of' })
    return summarizeDelivery(row)
  })
}

/** Sends the same text under the same id once more, at once. @throws Failure `not_found`, `forbidden` */
export async function redeliver(
  actor: Actor,
  { delivery, ...reference }: PlacedWebhook & { delivery: string },
): Promise<DeliverySummary> {
  const { webhook, place } = await permittedWebhook(actor, reference)
  const where = { id: delivery, webhookId: webhook.id, organizationId: webhook.organizationId }
  const before = await database().webhookDelivery.findFirst({ where })
  if (!before) throw new Failure('not_found', 'Not Found: Webhook delivery')
  const outcome = await attempt(before, webhook)
  const data = { ...outcome, requestUrl: webhook.payloadUrl, nextTryAt: null, tries: { increment: 1 } }
  return withTransaction(async (tx) => {
    const row = await tx.webhookDelivery.update({ where, data })
    const did = 'Repeated a delivery of a webhook of'
    await recordOn(tx, place, { actor, webhook, happened: 'redelivered', did })
    return summarizeDelivery(row)
  })
}

async function permittedWebhook(actor: Actor, reference: PlacedWebhook) {
  const place = await permitted(database(), actor, reference, 'update')
  return { place, webhook: await findWebhook(database(), place, reference.webhook) }
}

function summarizeDelivery({ organizationId: _, webhookId: __, at, nextTryAt, ...row }: WebhookDelivery) {
  return { ...row, at: at.toISOString(), nextTryAt: nextTryAt?.toISOString() ?? null }
}
