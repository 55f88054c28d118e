import { randomUUID } from 'node:crypto'
import type { Actor, Principal } from '@/lib/access/actor'
import type { Statements } from '@/lib/db'
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

/**
 * Locks the organization's chain until the transaction ends, so that its entries are gapless and in one order: the update
 * that changes nothing is what locks a head that is there.
 */
async function lockHead(tx: Statements, organizationId: string): Promise<Head> {
  const rows = await tx.$queryRaw<Head[]>`
    INSERT INTO "AuditChain" ("organizationId", "sequence", "hash")
    VALUES (${organizationId}, 0, ${genesis(organizationId)})
    ON CONFLICT ("organizationId") DO UPDATE SET "organizationId" = EXCLUDED."organizationId"
    RETURNING "sequence", "hash"`
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
export async function appendAudit(tx: Statements, event: AuditEvent): Promise<void> {
  const { organizationId } = event
  const data = canonicalJson(storable(event.data ?? {}))
  const head = await lockHead(tx, organizationId)
  const sequence = head.sequence + 1
  const entry = entryOf(event, sequence, data)
  await write(tx, { entry, hash: entryHash(entry, head.hash), previous: head.hash })
}

interface Link {
  entry: ChainedEntry
  hash: Uint8Array
  previous: Uint8Array
}

/** Entry, head and outbox row in one statement: everybody else in the organization waits for this. */
async function write(tx: Statements, { entry, hash, previous }: Link): Promise<void> {
  const { organizationId, sequence, event, environmentId } = entry
  const payload = JSON.stringify({ event, sequence, environmentId })
  await tx.$executeRaw`
    WITH entry AS (
      INSERT INTO "AuditEvent" ("organizationId", "sequence", "at", "event", "description", "actorKind", "actorId",
        "actorLogin", "credentialKind", "credentialId", "address", "requestId", "environmentId", "environment", "data",
        "previousHash", "hash")
      VALUES (${organizationId}, ${sequence}, ${entry.at.toISOString()}::timestamptz, ${event}, ${entry.description},
        ${entry.actorKind}, ${entry.actorId}, ${entry.actorLogin}, ${entry.credentialKind}, ${entry.credentialId},
        ${entry.address}, ${entry.requestId}, ${environmentId}, ${entry.environment}, ${entry.data}::jsonb,
        ${previous}, ${hash})
    ), outbox AS (
      INSERT INTO "OutboxEvent" ("id", "organizationId", "kind", "payload")
      VALUES (${randomUUID()}, ${organizationId}, 'audit', ${payload}::jsonb)
    )
    UPDATE "AuditChain" SET "sequence" = ${sequence}, "hash" = ${hash} WHERE "organizationId" = ${organizationId}`
}
