/** Where a webhook hangs: on an environment, or on a whole organization, which hears of every environment. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment, requireOrganization } from '@/lib/access/require'
import { type AuditEvent, appendAudit } from '@/lib/audit'
import type { Transaction } from '@/lib/db'
import { type EnvironmentReference, qualifiedName } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'
import type { Webhook } from '@/lib/generated/prisma/client'

/** A place without a project is the organization. */
export type WebhookPlace =
  | EnvironmentReference
  | { organization: string; project?: undefined; name?: undefined }

/** A webhook by its name. */
export type PlacedWebhook = WebhookPlace & { webhook: string }

/** A webhook of an environment by its name. */
export type WebhookReference = EnvironmentReference & { webhook: string }

/** A place that there is, and on which the actor may do what was asked. */
export interface PermittedPlace {
  organizationId: string
  environment: { id: string; name: string } | undefined
}

/** @throws Failure `not_found`, `forbidden` */
export async function permitted(
  tx: Transaction,
  actor: Actor,
  place: WebhookPlace,
  right: 'create' | 'read' | 'update' | 'delete',
): Promise<PermittedPlace> {
  if (place.project === undefined) {
    const scope = `organization_webhook:${right}` as const
    const { organization } = await requireOrganization(tx, actor, { ...place, scope })
    return { organizationId: organization.id, environment: undefined }
  }
  const scope = `environment_webhook:${right}` as const
  const { environment } = await requireEnvironment(tx, actor, { ...place, scope })
  const { id, organizationId } = environment
  return { organizationId, environment: { id, name: qualifiedName(environment) } }
}

/** The columns that say where a webhook hangs. */
export function columnsOf({ organizationId, environment }: PermittedPlace) {
  return { organizationId, environmentId: environment?.id ?? null }
}

/** @throws Failure `not_found` */
export async function findWebhook(tx: Transaction, place: PermittedPlace, name: string): Promise<Webhook> {
  const row = await tx.webhook.findFirst({ where: { ...columnsOf(place), name } })
  if (!row) throw new Failure('not_found', 'Not Found: Webhook')
  return row
}

/** The index keeps names of one environment apart, but not of what has none. Call in a transaction. */
export async function refuseTakenName(tx: Transaction, place: PermittedPlace, name: string): Promise<void> {
  const { organizationId } = place
  await tx.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId} FOR UPDATE`
  const taken = await tx.webhook.findFirst({ where: { ...columnsOf(place), name } })
  if (taken) throw nameTaken()
}

export function nameTaken(): Failure {
  return new Failure('conflict', 'Conflict: Webhook already exists', { field: 'name' })
}

export interface WebhookRecord {
  actor: Actor
  webhook: Pick<Webhook, 'name'>
  happened: 'created' | 'updated' | 'deleted' | 'pinged' | 'redelivered'
  /** Before the place's name: `Added a webhook to`. */
  did: string
}

/** The audit entry of something that was done to a webhook. */
export async function recordOn(
  tx: Transaction,
  { organizationId, environment }: PermittedPlace,
  { actor, webhook, happened, did }: WebhookRecord,
): Promise<void> {
  const entry: AuditEvent = {
    actor,
    organizationId,
    event: `${environment ? 'environment' : 'organization'}-webhook-${happened}`,
    description: `${did} ${environment?.name ?? 'the organization'}`,
    data: { webhook: webhook.name },
  }
  await appendAudit(tx, environment ? { ...entry, environment } : entry)
}
