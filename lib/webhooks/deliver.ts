/** Sends what is due, and again with growing pauses: five repetitions within about an hour. */
import { database } from '@/lib/db'
import type { Webhook, WebhookDelivery } from '@/lib/generated/prisma/client'
import { type Outcome, send } from './send'
import { secretsOf } from './signing-secrets'

const batchSize = 20
/** Longer than a try may take; after it the process that claimed is taken for dead. */
const leaseSeconds = 60
const pausesSeconds = [10, 60, 5 * 60, 15 * 60, 40 * 60]

/** Safe to run in several processes. @returns `more` while there may be more that is due */
export async function deliverDue(): Promise<'idle' | 'more'> {
  const ids = await claimDue()
  await Promise.all(ids.map((id) => deliver(id)))
  return ids.length === batchSize ? 'more' : 'idle'
}

async function claimDue(): Promise<string[]> {
  const rows = await database().$queryRaw<{ id: string }[]>`
    UPDATE "WebhookDelivery"
    SET "nextTryAt" = now() + make_interval(secs => ${leaseSeconds}), "tries" = "tries" + 1
    WHERE "id" IN (
      SELECT "id" FROM "WebhookDelivery" WHERE "nextTryAt" <= now()
      ORDER BY "nextTryAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
    )
    RETURNING "id"`
  return rows.map(({ id }) => id)
}

/** A webhook that was switched off or taken away meanwhile is sent nothing more. */
async function deliver(id: string): Promise<void> {
  const include = { webhook: { include: { environment: { select: { deletedAt: true } } } } } as const
  const row = await database().webhookDelivery.findUnique({ where: { id }, include })
  if (!row) return
  const { webhook } = row
  if (!webhook.active || (webhook.environment && webhook.environment.deletedAt !== null)) {
    await database().webhookDelivery.updateMany({
      where: { id },
      data: { status: 'failed', nextTryAt: null },
    })
    return
  }
  const outcome = await attempt(row, webhook)
  const pause = outcome.status === 'failed' ? pausesSeconds[row.tries - 1] : undefined
  const nextTryAt =
    pause === undefined ? null : new Date(Date.now() + pause * 1000 * (0.9 + Math.random() / 5))
  const status = nextTryAt === null ? outcome.status : 'pending'
  await database().webhookDelivery.updateMany({ where: { id }, data: { ...outcome, status, nextTryAt } })
}

/** One try outside any transaction: the receiver may take its time. */
export async function attempt(
  { id, kind, payload }: Pick<WebhookDelivery, 'id' | 'kind' | 'payload'>,
  webhook: Webhook,
): Promise<Outcome> {
  const secrets = await secretsOf(database(), webhook)
  return send({ id, kind, format: webhook.format, url: webhook.payloadUrl, body: payload, secrets })
}

const keptDays = 30

/** Deliveries of long ago, and secrets that no longer sign. Safe to run in several processes. */
export async function removeOldDeliveries(): Promise<'idle'> {
  await database().$executeRaw`
    DELETE FROM "WebhookDelivery" WHERE "nextTryAt" IS NULL AND "at" < now() - make_interval(days => ${keptDays}::int)`
  const where = { previousUntil: { lt: new Date() } }
  await database().webhook.updateMany({ where, data: { sealedPrevious: null, previousUntil: null } })
  return 'idle'
}
