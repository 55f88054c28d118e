/** Webhooks: where events are sent (http-api.md §8, §11.8). */
import { randomBytes } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { database, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Webhook } from '@/lib/generated/prisma/client'
import {
  columnsOf,
  findWebhook,
  nameTaken,
  type PermittedPlace,
  type PlacedWebhook,
  permitted,
  recordOn,
  refuseTakenName,
  type WebhookPlace,
} from './place'
import { refuseWebhook, type WebhookFormat } from './rules'
import { noSecret, replaceSecret } from './signing-secrets'

export type { WebhookReference } from './place'

export interface WebhookSummary {
  /** What commands and addresses call it. */
  name: string
  displayName: string
  payloadUrl: string
  format: string
  filters: string[]
  groups: string[]
  active: boolean
  /** Whether deliveries are signed. The secret itself is never given out. */
  hasSecret: boolean
}

export interface WebhookFields {
  displayName: string
  payloadUrl: string
  /** Names of events. */
  filters: string[]
  /** Groups of events. */
  groups: string[]
  active: boolean
}

/** By name. @throws Failure `not_found`, `forbidden` */
export async function listWebhooks(actor: Actor, place: WebhookPlace): Promise<WebhookSummary[]> {
  const where = columnsOf(await permitted(database(), actor, place, 'read'))
  const rows = await database().webhook.findMany({ where, orderBy: { name: 'asc' } })
  return rows.map(summarizeWebhook)
}

/** @throws Failure `not_found`, `forbidden` */
export async function readWebhook(actor: Actor, reference: PlacedWebhook): Promise<WebhookSummary> {
  const place = await permitted(database(), actor, reference, 'read')
  return summarizeWebhook(await findWebhook(database(), place, reference.webhook))
}

export type NewWebhook = WebhookPlace &
  WebhookFields & {
    /** Empty = one is made up. */
    webhook: string
    format: WebhookFormat
    /** Signs deliveries; empty = they are unsigned. */
    secret: string
  }

/** @throws Failure `invalid` (with `details.field`), `conflict`, `not_found`, `forbidden` */
export async function createWebhook(actor: Actor, input: NewWebhook): Promise<WebhookSummary> {
  const name = input.webhook || `hook-${randomBytes(4).toString('hex')}`
  const { format } = input
  refuseWebhook({ ...input, name })
  try {
    return await withTransaction(async (tx) => {
      const place = await permitted(tx, actor, input, 'create')
      refuseFormat(place, format)
      if (!place.environment) await refuseTakenName(tx, place, name)
      const data = { ...columnsOf(place), name, format, ...fieldsOf(input) }
      const row = await tx.webhook.create({ data })
      const sealed = await replaceSecret(tx, row, input.secret)
      await recordOn(tx, place, { actor, webhook: row, happened: 'created', did: 'Added a webhook to' })
      return summarizeWebhook(sealed)
    })
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw nameTaken()
  }
}

/** @throws Failure `invalid` */
function refuseFormat({ environment }: PermittedPlace, format: string): void {
  if (environment || format !== 'pulumi_deployments') return
  const message = 'Bad Request: invalid format: organizations have no deployments'
  throw new Failure('invalid', message, { field: 'format' })
}

export type WebhookUpdate = PlacedWebhook &
  WebhookFields & {
    /** Absent = unchanged. */
    format?: WebhookFormat | undefined
    /** Absent or empty = unchanged. */
    secret?: string | undefined
    /** Deliveries are no longer signed. */
    removeSecret?: boolean | undefined
  }

/** Replaces every field but format and secret. @throws Failure `invalid`, `not_found`, `forbidden` */
export async function updateWebhook(actor: Actor, update: WebhookUpdate): Promise<WebhookSummary> {
  return withTransaction(async (tx) => {
    const place = await permitted(tx, actor, update, 'update')
    const before = await findWebhook(tx, place, update.webhook)
    const format = update.format ?? before.format
    refuseWebhook({ ...update, name: before.name, format })
    refuseFormat(place, format)
    const after = await change(tx, before, { ...update, format })
    await recordOn(tx, place, { actor, webhook: before, happened: 'updated', did: 'Changed a webhook of' })
    return summarizeWebhook(after)
  })
}

async function change(
  tx: Transaction,
  { id, organizationId }: Webhook,
  { format, secret = '', removeSecret, ...fields }: Omit<WebhookUpdate, 'format'> & { format: string },
): Promise<Webhook> {
  const data = {
    ...fieldsOf(fields),
    format,
    modifiedAt: new Date(),
    ...(removeSecret && noSecret),
  }
  const row = await tx.webhook.update({ where: { id, organizationId }, data })
  return replaceSecret(tx, row, removeSecret ? '' : secret)
}

/** @throws Failure `not_found`, `forbidden` */
export async function deleteWebhook(actor: Actor, reference: PlacedWebhook): Promise<void> {
  await withTransaction(async (tx) => {
    const place = await permitted(tx, actor, reference, 'delete')
    const webhook = await findWebhook(tx, place, reference.webhook)
    const { id, organizationId } = webhook
    await tx.webhook.delete({ where: { id, organizationId } })
    await recordOn(tx, place, { actor, webhook, happened: 'deleted', did: 'Removed a webhook from' })
  })
}

function fieldsOf({ displayName, payloadUrl, filters, groups, active }: WebhookFields): WebhookFields {
  return { displayName, payloadUrl, filters, groups, active }
}

function summarizeWebhook(row: Webhook): WebhookSummary {
  return { name: row.name, format: row.format, ...fieldsOf(row), hasSecret: row.sealedSecret !== null }
}
