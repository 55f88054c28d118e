import type { Actor, Principal } from '@/lib/access/actor'
import type { Transaction } from '@/lib/db'
import { type AuditValue, canonicalJson, storable, storableText } from './canonical'
import { type ChainedEntry, entryHash, genesis } from './entry'

export interface AuditEvent {
  actor: Actor
  organizationId: string
  /** Stable name, e.g. `environment-opened`. */
  event: string
  /** One sentence for people. */
  description: string
  /** The environment it is about; `name` is `project/environment` as it was at the time. */
  environment?: { id: string; name: string }
  /** Details. Never a value that could be secret, never a request body or header. */
  data?: { [key: string]: AuditValue | undefined }
}

interface Head {
  sequence: number
  hash: Uint8Array
}

/** Locks the organization's chain until the transaction ends, so that its entries are gapless and in one order. */
async function lockHead(tx: Transaction, organizationId: string): Promise<Head> {
  const start = genesis(organizationId)
  await tx.$executeRaw`
    INSERT INTO "AuditChain" ("organizationId", "sequence", "hash") VALUES (${organizationId}, 0, ${start})
    ON CONFLICT DO NOTHING`
  const rows = await tx.$queryRaw<Head[]>`
    SELECT "sequence", "hash" FROM "AuditChain" WHERE "organizationId" = ${organizationId} FOR UPDATE`
  const head = rows[0]
  if (head === undefined) throw new Error('the head of the audit chain is gone')
  return head
}

function idOf(principal: Principal): string {
  return principal.kind === 'operator' ? 'operator' : principal.id
}

function loginOf(principal: Principal): string {
  if (principal.kind === 'operator') return 'operator'
  return principal.kind === 'person' ? principal.login : principal.name
}

function entryOf(event: AuditEvent, sequence: number, data: string): ChainedEntry {
  const { actor, environment } = event
  return {
    organizationId: event.organizationId,
    sequence,
    at: new Date(),
    event: event.event,
    description: storableText(event.description),
    actorKind: actor.principal.kind,
    actorId: idOf(actor.principal),
    actorLogin: storableText(loginOf(actor.principal)),
    credentialKind: actor.credential.kind,
    credentialId: actor.credential.id,
    address: storableText(actor.address),
    requestId: storableText(actor.requestId),
    environmentId: environment?.id ?? null,
    environment: environment ? storableText(environment.name) : null,
    data,
  }
}

/**
 * Writes an entry at the end of the organization's chain, and the outbox row that webhooks and mail start from, in the
 * transaction that has the effect: neither exists without the other (P2).
 */
export async function appendAudit(tx: Transaction, event: AuditEvent): Promise<void> {
  const { organizationId } = event
  const data = canonicalJson(storable(event.data ?? {}))
  const head = await lockHead(tx, organizationId)
  const sequence = head.sequence + 1
  const entry = entryOf(event, sequence, data)
  const hash = entryHash(entry, head.hash)
  const row = { ...entry, data: JSON.parse(data), previousHash: new Uint8Array(head.hash), hash }
  await tx.auditEvent.create({ data: row })
  await tx.auditChain.update({ where: { organizationId }, data: { sequence, hash } })
  const payload = { event: event.event, sequence, environmentId: entry.environmentId }
  await tx.outboxEvent.create({ data: { organizationId, kind: 'audit', payload } })
}
