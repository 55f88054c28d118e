/** All periodic work, one line each. */
import { removeExpiredLogins } from '@/lib/access/expired'
import { removeDeletedEnvironments, removeExpiredSessions } from '@/lib/environments/expired'
import type { PeriodicWork } from './work'

const minute = 60_000
const hour = 60 * minute

export const periodicWork: readonly PeriodicWork[] = [
  { name: 'remove-expired-sessions', everyMs: 10 * minute, exclusive: true, run: removeExpiredSessions },
  { name: 'remove-expired-logins', everyMs: hour, exclusive: true, run: removeExpiredLogins },
  { name: 'remove-deleted-environments', everyMs: hour, exclusive: true, run: removeDeletedEnvironments },
]
