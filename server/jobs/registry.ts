/** All periodic work, one line each. */
import { removeExpiredLogins, removeOldCounters } from '@/lib/access/expired'
import { consumeOutbox, type OutboxConsumer } from '@/lib/audit'
import { removeDeletedEnvironments, removeExpiredSessions } from '@/lib/environments/expired'
import { removeOldInvitations } from '@/lib/organizations/expired'
import { endInterruptedRuns, runDueSchedules } from '@/lib/rotation/run-schedules'
import { deliverDue, removeOldDeliveries } from '@/lib/webhooks/deliver'
import { webhookConsumer } from '@/lib/webhooks/plan'
import type { PeriodicWork } from './work'

/** Who is told of what happened, beside the audit log. */
const consumers: readonly OutboxConsumer[] = [webhookConsumer]

const second = 1000
const minute = 60 * second
const hour = 60 * minute

export const periodicWork: readonly PeriodicWork[] = [
  { name: 'outbox', everyMs: second, run: () => consumeOutbox(consumers) },
  { name: 'webhook-deliveries', everyMs: second, run: deliverDue },
  { name: 'rotation-schedules', everyMs: 5 * second, run: runDueSchedules },
  { name: 'end-interrupted-runs', everyMs: 5 * minute, exclusive: true, run: endInterruptedRuns },
  { name: 'remove-old-deliveries', everyMs: hour, exclusive: true, run: removeOldDeliveries },
  { name: 'remove-expired-sessions', everyMs: 10 * minute, exclusive: true, run: removeExpiredSessions },
  { name: 'remove-expired-logins', everyMs: hour, exclusive: true, run: removeExpiredLogins },
  { name: 'remove-old-counters', everyMs: hour, exclusive: true, run: removeOldCounters },
  { name: 'remove-old-invitations', everyMs: hour, exclusive: true, run: removeOldInvitations },
  { name: 'remove-deleted-environments', everyMs: hour, exclusive: true, run: removeDeletedEnvironments },
]
