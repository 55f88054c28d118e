/** Removes invitations that nobody can use any more. */
import { database } from '@/lib/db'

/**
 * A month after their end: until then administrators see what became of them, and later the audit log tells it. They
 * name addresses of people who may never have come.
 */
export async function removeOldInvitations(): Promise<'idle'> {
  await database().$executeRaw`DELETE FROM "Invitation" WHERE "expiresAt" < now() - interval '30 days'`
  return 'idle'
}
