/** Webhooks of an environment: where its events are sent (http-api.md §8). */
import { randomBytes } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { database, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { record } from '@/lib/environments/record'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'
import type { Environment, Webhook } from '@/lib/generated/prisma/client'
import { refuseWebhook, type WebhookFormat } from './rules'
import { noSecret, replaceSecret } from './signing-secrets'

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

export interface WebhookReference extends EnvironmentReference {
  webhook: string
}

/** By name. @throws Failure `not_found`, `forbidden` */
export async function listWebhooks(actor: Actor, reference: EnvironmentReference): Promise<WebhookSummary[]> {
  const environment = await permitted(database(), actor, reference, 'environment_webhook:read')
  const rows = await database().webhook.findMany({
    where: { organizationId: environment.organizationId, environmentId: environment.id },
    orderBy: { name: 'asc' },
  })
  return rows.map(summarizeWebhook)
}

/** @throws Failure `not_found`, `forbidden` */
export async function readWebhook(actor: Actor, reference: WebhookReference): Promise<WebhookSummary> {
  const environment = await permitted(database(), actor, reference, 'environment_webhook:read')
  return summarizeWebhook(await findWebhook(database(), environment, reference.webhook))
}

export interface NewWebhook extends EnvironmentReference, WebhookFields {
  /** Empty = one is made up. */
  webhook: string
  format: WebhookFormat
  /** Signs deliveries; empty = they are unsigned. */
  secret: string
}

/** @throws Failure `invalid` (with `details.field`), `conflict`, `not_found`, `forbidden` */
export async function createWebhook(actor: Actor, input: NewWebhook): Promise<WebhookSummary> {
  const name = input.webhook || `hook-${randomBytes(4).toString('hex')}`
  refuseWebhook({ ...input, name })
  try {
    return await withTransaction(async (tx) => {
      const environment = await permitted(tx, actor, input, 'environment_webhook:create')
      const { id: environmentId, organizationId } = environment
      const { format, ...fields } = { ...fieldsOf(input), format: input.format }
      const row = await tx.webhook.create({
        data: { organizationId, environmentId, name, format, ...fields },
      })
      const sealed = await replaceSecret(tx, row, input.secret)
      const event = 'environment-webhook-created'
      await record(tx, { actor, environment, event, did: 'Added a webhook to', data: { webhook: name } })
      return summarizeWebhook(sealed)
    })
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'Conflict: Webhook already exists', { field: 'name' })
  }
}

export interface WebhookUpdate extends WebhookReference, WebhookFields {
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
    const environment = await permitted(tx, actor, update, 'environment_webhook:update')
    const before = await findWebhook(tx, environment, update.webhook)
    const format = update.format ?? before.format
    refuseWebhook({ ...update, name: before.name, format })
    const row = await tx.webhook.update({
      where: { id: before.id, organizationId: environment.organizationId },
      data: {
        ...fieldsOf(update),
        format,
        modifiedAt: new Date(),
        ...(update.removeSecret && noSecret),
      },
    })
    const after = await replaceSecret(tx, row, update.removeSecret ? '' : (update.secret ?? ''))
    const event = 'environment-webhook-updated'
    const data = { webhook: before.name }
    await record(tx, { actor, environment, event, did: 'Changed a webhook of', data })
    return summarizeWebhook(after)
  })
}

/** @throws Failure `not_found`, `forbidden` */
export async function deleteWebhook(actor: Actor, reference: WebhookReference): Promise<void> {
  await withTransaction(async (tx) => {
    const environment = await permitted(tx, actor, reference, 'environment_webhook:delete')
    const { id, name } = await findWebhook(tx, environment, reference.webhook)
    await tx.webhook.delete({ where: { id, organizationId: environment.organizationId } })
    const event = 'environment-webhook-deleted'
    await record(tx, { actor, environment, event, did: 'Removed a webhook from', data: { webhook: name } })
  })
}

export async function permitted(
  tx: Transaction,
  actor: Actor,
  reference: EnvironmentReference,
  scope: EnvironmentScope,
): Promise<Environment> {
  return (await requireEnvironment(tx, actor, { ...reference, scope })).environment
}

export async function findWebhook(tx: Transaction, environment: Environment, name: string): Promise<Webhook> {
  const row = await tx.webhook.findFirst({
    where: { organizationId: environment.organizationId, environmentId: environment.id, name },
  })
  if (!row) throw new Failure('not_found', 'Not Found: Webhook')
  return row
}

function fieldsOf({ displayName, payloadUrl, filters, groups, active }: WebhookFields): WebhookFields {
  return { displayName, payloadUrl, filters, groups, active }
}

function summarizeWebhook(row: Webhook): WebhookSummary {
  return { name: row.name, format: row.format, ...fieldsOf(row), hasSecret: row.sealedSecret !== null }
}
