/** The secrets that sign deliveries: the present one, and for a day the one that it replaced. */
import type { Transaction } from '@/lib/db'
import type { Webhook } from '@/lib/generated/prisma/client'
import { openSealed, seal, webhookPlace } from '@/lib/secrets'

const overlapHours = 24

/** The newest first; none when deliveries are unsigned. */
export async function secretsOf(db: Transaction, webhook: Webhook): Promise<string[]> {
  const { id, organizationId, sealedSecret, sealedPrevious, previousUntil } = webhook
  const previous = previousUntil !== null && previousUntil > new Date() ? sealedPrevious : null
  const place = webhookPlace(organizationId, id)
  const sealed = [sealedSecret, previous].filter((bytes) => bytes !== null)
  const opened = await Promise.all(sealed.map((bytes) => openSealed(db, place, bytes)))
  return opened.map((bytes) => bytes.toString('utf8'))
}

/** Both columns are sealed for the same place, so that the old secret is moved as it is. Empty = unchanged. */
export async function replaceSecret(tx: Transaction, row: Webhook, secret: string): Promise<Webhook> {
  if (secret === '') return row
  const { id, organizationId, sealedSecret } = row
  const fresh = await seal(tx, webhookPlace(organizationId, id), Buffer.from(secret))
  const previousUntil = sealedSecret && new Date(Date.now() + overlapHours * 3600 * 1000)
  const data = { sealedSecret: fresh, sealedPrevious: sealedSecret, previousUntil }
  return tx.webhook.update({ where: { id, organizationId }, data })
}

/** Deliveries are unsigned from now on. */
export const noSecret = { sealedSecret: null, sealedPrevious: null, previousUntil: null } as const
