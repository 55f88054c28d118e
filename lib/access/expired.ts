/** Removes sessions, log-ins and counters that are past their time: nothing personal outlives its use. */
import { database } from '@/lib/db'

/** Safe to run in several processes. */
export async function removeExpiredLogins(): Promise<'idle'> {
  await database().$executeRaw`DELETE FROM "CliLogin" WHERE "expiresAt" < now()`
  await database().$executeRaw`DELETE FROM "WebSession" WHERE "expiresAt" < now()`
  return 'idle'
}

/** Counters of tries a day after the last one; every window and every lock is shorter. */
export async function removeOldCounters(): Promise<'idle'> {
  await database().$executeRaw`
    DELETE FROM "RateLimit" WHERE "windowStart" < now() - interval '1 day'
      AND ("lockedUntil" IS NULL OR "lockedUntil" < now())`
  return 'idle'
}
