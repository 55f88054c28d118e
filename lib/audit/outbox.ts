/**
 * What happens after a commit because of it. The outbox row is written with the effect; consumers' own rows are written
 * as it is removed, so each event has its consequences exactly once, whatever dies in between.
 */
import { database, type Transaction, withTransaction } from '@/lib/db'
import type { AuditEvent } from '@/lib/generated/prisma/client'

/** An audit entry on its way to whoever must know. */
export type OutboxEntry = Omit<AuditEvent, 'hash' | 'previousHash'>

export interface OutboxConsumer {
  /** The organizations, of these, in which it does anything at all: most events concern no consumer. */
  concerned(organizationIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Writes what must be done, for a job to do; nothing here waits for the network. */
  consume(tx: Transaction, entry: OutboxEntry): Promise<void>
}

interface Claimed {
  id: string
  organizationId: string
  sequence: number
}

const batchSize = 100
/** An entry whose consumer fails, or whose process died, comes again after this. */
const leaseSeconds = 60

/** @returns `more` while there may be more; safe to run in several processes */
export async function consumeOutbox(consumers: readonly OutboxConsumer[]): Promise<'idle' | 'more'> {
  const claimed = await claim()
  if (claimed.length === 0) return 'idle'
  const organizationIds = [...new Set(claimed.map(({ organizationId }) => organizationId))]
  const concerned = await Promise.all(
    consumers.map(async (consumer) => ({ consumer, in: await consumer.concerned(organizationIds) })),
  )
  const consumersOf = ({ organizationId }: Claimed) =>
    concerned.filter((one) => one.in.has(organizationId)).map(({ consumer }) => consumer)
  const nobodys = claimed.filter((row) => consumersOf(row).length === 0)
  await database().outboxEvent.deleteMany({ where: { id: { in: nobodys.map(({ id }) => id) } } })
  for (const row of claimed) {
    const own = consumersOf(row)
    if (own.length > 0) await consume(row, own)
  }
  return claimed.length === batchSize ? 'more' : 'idle'
}

function claim(): Promise<Claimed[]> {
  return database().$queryRaw<Claimed[]>`
    UPDATE "OutboxEvent" SET "availableAt" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "id" IN (
      SELECT "id" FROM "OutboxEvent" WHERE "availableAt" <= now()
      ORDER BY "availableAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
    )
    RETURNING "id", "organizationId", ("payload"->>'sequence')::int AS "sequence"`
}

async function consume(
  { id, organizationId, sequence }: Claimed,
  consumers: readonly OutboxConsumer[],
): Promise<void> {
  await withTransaction(async (tx) => {
    const { count } = await tx.outboxEvent.deleteMany({ where: { id } })
    const where = { organizationId_sequence: { organizationId, sequence } }
    const omit = { hash: true, previousHash: true } as const
    const entry = count === 0 ? null : await tx.auditEvent.findUnique({ where, omit })
    if (!entry) return
    for (const consumer of consumers) await consumer.consume(tx, entry)
  })
}
