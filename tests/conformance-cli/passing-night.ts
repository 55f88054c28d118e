/** Scenarios ask what came of a schedule right after making it: here its time comes when they ask. */
import type { IncomingMessage } from 'node:http'
import { database } from '@/lib/db'
import { runDueSchedules } from '@/lib/rotation/run-schedules'

const minute = 60_000

export async function letTimePass({ method, url = '' }: IncomingMessage): Promise<void> {
  const id = /\/schedules\/([^/]+)\/history/.exec(url)?.[1]
  if (method !== 'GET' || id === undefined) return
  const where = { id, lastExecutedAt: null }
  const data = { nextExecutionAt: new Date(Date.now() - 2 * minute) }
  await database().rotationSchedule.updateMany({ where, data })
  await runDueSchedules()
}
