/** Removes what is past its time: results that were opened, and environments that were deleted long ago. */
import { operator } from '@/lib/access/actor'
import { database, withTransaction } from '@/lib/db'
import { retentionStart } from './deleted'
import { record } from './record'

/** Nothing sealed outlives its use. Safe to run in several processes. */
export async function removeExpiredSessions(): Promise<'idle'> {
  await database().$executeRaw`DELETE FROM "OpenSession" WHERE "expiresAt" < now()`
  return 'idle'
}

const batchSize = 50

/** For good, with all revisions. Safe to run in several processes. @returns `more` when it did not get to all of them */
export async function removeDeletedEnvironments(): Promise<'idle' | 'more'> {
  const deletedAt = { lt: retentionStart() }
  const due = await database().environment.findMany({ where: { deletedAt }, take: batchSize })
  for (const environment of due) {
    await withTransaction(async (tx) => {
      // Somebody may have restored it meanwhile.
      const { count } = await tx.environment.deleteMany({ where: { id: environment.id, deletedAt } })
      if (count === 0) return
      await record(tx, { actor: operator, environment, event: 'environment-purged', did: 'Removed for good' })
    })
  }
  return due.length < batchSize ? 'idle' : 'more'
}
