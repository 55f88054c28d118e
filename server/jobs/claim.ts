/** One turn of exclusive work among any number of processes: a row per name, claimed with `SKIP LOCKED` (design.md §7). */
import { randomUUID } from 'node:crypto'
import { database } from '@/lib/db'
import type { PeriodicWork } from './work'

/** After this the process that claimed is taken for dead. */
const leaseSeconds = 600

/** The clock is the database's, which all processes share. @returns the claim; undefined when it is not our turn */
export async function claimTurn({ name }: PeriodicWork): Promise<string | undefined> {
  const claim = randomUUID()
  await database().$executeRaw`INSERT INTO "PeriodicJob" ("name") VALUES (${name}) ON CONFLICT DO NOTHING`
  const claimed = await database().$executeRaw`
    UPDATE "PeriodicJob" SET "claim" = ${claim}, "claimedUntil" = now() + make_interval(secs => ${leaseSeconds})
    WHERE "name" = (
      SELECT "name" FROM "PeriodicJob" WHERE "name" = ${name} AND "availableAt" <= now()
      AND ("claimedUntil" IS NULL OR "claimedUntil" < now()) FOR UPDATE SKIP LOCKED
    )`
  return claimed === 1 ? claim : undefined
}

/** Whoever comes too late, after the claim went to another process, changes nothing. */
export async function endTurn({ name, everyMs }: PeriodicWork, claim: string): Promise<void> {
  await database().$executeRaw`
    UPDATE "PeriodicJob" SET "claim" = NULL, "claimedUntil" = NULL,
      "availableAt" = now() + make_interval(secs => ${everyMs / 1000}::double precision)
    WHERE "name" = ${name} AND "claim" = ${claim}`
}
