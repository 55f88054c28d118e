/** Removes sessions and log-ins that are past their time: nothing personal outlives its use. */
import { database } from '@/lib/db'

/** Safe to run in several processes. */
export async function removeExpiredLogins(): Promise<'idle'> {
  await database().$executeRaw`DELETE FROM "CliLogin" WHERE "expiresAt" < now()`
  await database().$executeRaw`DELETE FROM "WebSession" WHERE "expiresAt" < now()`
  return 'idle'
}
