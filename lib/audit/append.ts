import { randomUUID } from 'node:crypto'
import type { Actor, Principal } from '@/lib/access/actor'
import { Prisma, type Statements } from '@/lib/db'
import { type AuditValue, canonicalJson, storable, storableText } from './canonical'
import { genesis, hashedParts, type UnplacedEntry } from './entry'

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

function idOf(principal: Principal): string {
  return principal.kind === 'operator' ? 'operator' : principal.id
}

function loginOf(principal: Principal): string {
  if (principal.kind === 'operator') return 'operator'
  return principal.kind === 'person' ? principal.login : principal.name
}

function entryOf(event: AuditEvent): UnplacedEntry {
  const { actor, environment } = event
  return {
    organizationId: event.organizationId,
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
    data: canonicalJson(storable(event.data ?? {})),
  }
}

/**
 * Writes an entry at the end of the organization's chain, and the outbox row that webhooks and mail start from, in the
 * transaction that has the effect: neither exists without the other (P2). The chain stays locked until that ends, so that
 * its entries are gapless and in one order.
 */
export async function appendAudit(tx: Statements, event: AuditEvent): Promise<void> {
  const entry = entryOf(event)
  if ((await write(tx, entry)) > 0) return
  await begin(tx, entry.organizationId)
  await write(tx, entry)
}

/** What happens in the very statement that records it. */
export interface RecordedEffect {
  /** A query; without a row nothing happens. */
  given: Prisma.Sql
  /** What changes the data: `INSERT … SELECT … FROM link`, a table of one row. */
  effect: Prisma.Sql
}

/**
 * {@link appendAudit} with its effect in one statement.
 *
 * @returns whether it happened: not when what must be given is not, nor in a chain that has no entry yet
 */
export async function appendAuditWith(
  db: Statements,
  event: AuditEvent,
  recorded: RecordedEffect,
): Promise<boolean> {
  return (await write(db, entryOf(event), recorded)) > 0
}

async function begin(tx: Statements, organizationId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "AuditChain" ("organizationId", "sequence", "hash")
    VALUES (${organizationId}, 0, ${genesis(organizationId)}) ON CONFLICT DO NOTHING`
}

/**
 * Link, entry, head and outbox row in one statement: everybody else in the organization waits for this. The hash is the
 * one of `entryHash`, made where the predecessor is known.
 *
 * @returns how many heads moved: 0 when the chain has none yet
 */
function write(tx: Statements, entry: UnplacedEntry, recorded?: RecordedEffect): PromiseLike<number> {
  const given = recorded ? Prisma.sql`given AS MATERIALIZED (${recorded.given}),` : Prisma.empty
  const isGiven = recorded ? Prisma.sql`AND EXISTS (SELECT FROM given)` : Prisma.empty
  const effect = recorded ? Prisma.sql`, effect AS (${recorded.effect})` : Prisma.empty
  const { organizationId, event, environmentId } = entry
  const [beforeTime, beforePrevious, beforeSequence, end] = hashedParts(entry)
  return tx.$executeRaw`
    WITH ${given} head AS MATERIALIZED (
      SELECT "sequence", "hash" FROM "AuditChain" WHERE "organizationId" = ${organizationId} ${isGiven} FOR UPDATE
    ), place AS MATERIALIZED (
      SELECT "sequence" + 1 AS "sequence", "hash" AS "previous",
        date_trunc('milliseconds', clock_timestamp()) AS "at" FROM head
    ), link AS MATERIALIZED (
      SELECT *, sha256(convert_to(${beforeTime}::text
        || to_json(to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || ${beforePrevious}::text
        || to_json(encode("previous", 'hex')) || ${beforeSequence}::text || "sequence" || ${end}::text, 'UTF8')) AS "hash"
      FROM place
    ), entry AS (
      INSERT INTO "AuditEvent" ("organizationId", "sequence", "at", "event", "description", "actorKind", "actorId",
        "actorLogin", "credentialKind", "credentialId", "address", "requestId", "environmentId", "environment", "data",
        "previousHash", "hash")
      SELECT ${organizationId}, "sequence", "at", ${event}, ${entry.description}, ${entry.actorKind}, ${entry.actorId},
        ${entry.actorLogin}, ${entry.credentialKind}, ${entry.credentialId}, ${entry.address}, ${entry.requestId},
        ${environmentId}, ${entry.environment}, ${entry.data}::jsonb, "previous", "hash" FROM link
    ), outbox AS (
      INSERT INTO "OutboxEvent" ("id", "organizationId", "kind", "payload")
      SELECT ${randomUUID()}, ${organizationId}, 'audit', jsonb_build_object('event', ${event}::text,
        'sequence', "sequence", 'environmentId', ${environmentId}::text) FROM link
    ) ${effect}
    UPDATE "AuditChain" c SET "sequence" = link."sequence", "hash" = link."hash" FROM link
    WHERE c."organizationId" = ${organizationId}`
}
