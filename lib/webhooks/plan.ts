/** From an audit entry to the deliveries that it asks for. Sending is another job's (deliver.ts). */
import type { OutboxConsumer, OutboxEntry } from '@/lib/audit'
import { database, Prisma, type Transaction } from '@/lib/db'
import { latestTag } from '@/lib/environments/reference'
import type { Webhook } from '@/lib/generated/prisma/client'
import { eventOf, importedChange, type WebhookEvent, wants } from './events'
import { payloadOf, type Sender } from './payload'
import { webhookFormat } from './rules'

/** Webhooks as a consumer of the outbox. */
export const webhookConsumer: OutboxConsumer = {
  async concerned(organizationIds) {
    const rows = await database().webhook.findMany({
      where: { organizationId: { in: [...organizationIds] }, active: true },
      distinct: ['organizationId'],
      select: { organizationId: true },
    })
    return new Set(rows.map(({ organizationId }) => organizationId))
  },
  async consume(tx, entry) {
    const event = eventOf(entry)
    if (!event || entry.environmentId === null) return
    const told = [
      { event, environmentId: entry.environmentId },
      ...(await changesOfImporters(tx, entry, event)),
    ]
    const webhooks = await tx.webhook.findMany({
      where: {
        organizationId: entry.organizationId,
        active: true,
        OR: [
          { environmentId: null },
          // What was deleted tells nobody, nor does a namesake speak for it (A09).
          { environment: { id: { in: told.map(({ environmentId }) => environmentId) }, deletedAt: null } },
        ],
      },
    })
    if (webhooks.length === 0) return
    const sender = await senderOf(tx, entry)
    const data = told.flatMap(({ event, environmentId }) =>
      webhooks
        .filter((webhook) => (webhook.environmentId ?? environmentId) === environmentId)
        .filter((webhook) => wants(webhook, event))
        .map((webhook) =>
          deliveryOf(webhook, payloadOf(webhookFormat(webhook), { ...sender, event }), event),
        ),
    )
    await tx.webhookDelivery.createMany({ data })
  },
}

function deliveryOf(webhook: Webhook, payload: string, { kind }: WebhookEvent) {
  const { organizationId, id: webhookId, payloadUrl: requestUrl } = webhook
  return { organizationId, webhookId, requestUrl, kind, payload, nextTryAt: new Date() }
}

/** As the entry names them; the person's name as it is now. */
async function senderOf(tx: Transaction, entry: OutboxEntry): Promise<Sender> {
  const { actorKind, actorId, actorLogin, organizationId } = entry
  const organization = await tx.organization.findUnique({ where: { id: organizationId } })
  const person = actorKind === 'person' ? await tx.person.findUnique({ where: { id: actorId } }) : null
  const name = organization?.name ?? ''
  return {
    user: { name: person?.name ?? actorLogin, githubLogin: actorLogin, avatarUrl: '' },
    organization: { name: organization?.displayName || name, githubLogin: name, avatarUrl: '' },
  }
}

interface Importer {
  id: string
  project: string
  name: string
  revision: number
}

/** A new revision is news to who imports the newest one, a moved revision tag to who imports by that tag. */
async function changesOfImporters(
  tx: Transaction,
  { organizationId }: OutboxEntry,
  { kind, action, projectName, environmentName, details }: WebhookEvent,
): Promise<{ event: WebhookEvent; environmentId: string }[]> {
  const { revision = 0, tagName } = details
  const versions =
    kind === 'environment_revision' && action === 'created'
      ? ['', latestTag]
      : kind === 'environment_revision_tag' && tagName !== undefined
        ? [tagName]
        : []
  if (versions.length === 0) return []
  const importers = await tx.$queryRaw<Importer[]>`
    SELECT DISTINCT e."id", e."project", e."name", u."revision"
    FROM "RevisionReference" u JOIN "Environment" e ON e."id" = u."environmentId"
    WHERE u."organizationId" = ${organizationId} AND e."deletedAt" IS NULL AND u."revision" = e."latestRevision"
      AND u."targetProject" = ${projectName.toLowerCase()} AND u."targetName" = ${environmentName.toLowerCase()}
      AND u."targetVersion" IN (${Prisma.join(versions)})`
  return importers.map((importer) => ({
    event: importedChange(importer, { projectName, environmentName, revision }),
    environmentId: importer.id,
  }))
}
