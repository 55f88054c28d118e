import type { Schedule, ScheduleTime } from '../../client/schedules'
import { Failure } from '../../failure'
import type { Io } from '../../io'
import { formatScheduleTime, parseRfc3339, type TimeStyle } from '../../output/time'

export const scheduleOptions = {
  cron: { kind: 'string', help: 'a cron expression for a recurring schedule' },
  once: { kind: 'string', help: 'a timestamp (ISO 8601 / RFC 3339) for a schedule that runs once' },
} as const

/** The time that the options name: exactly one of them, and not in the past. */
export function scheduleTime(
  io: Io,
  { cron, once }: { readonly cron: string; readonly once: string },
): ScheduleTime {
  if (cron !== '' && once !== '') throw new Failure('USAGE', 'only one of --cron or --once may be set')
  if (cron !== '') return { scheduleCron: cron }
  if (once === '') throw new Failure('USAGE', 'exactly one of --cron or --once must be set')
  const moment = parseRfc3339(once)
  if (moment === undefined) {
    throw new Failure(
      'USAGE',
      `--once must be an ISO 8601 / RFC 3339 timestamp: cannot parse ${JSON.stringify(once)}`,
    )
  }
  if (moment <= io.now().getTime()) throw new Failure('USAGE', '--once must be a timestamp in the future')
  return { scheduleOnce: once }
}

export function checkScheduleId(id: string | undefined): string {
  if (!id) throw new Failure('USAGE', 'schedule ID cannot be empty')
  return id
}

/** A schedule as people and programs see it. */
export function scheduleView(schedule: Schedule, style: TimeStyle) {
  return {
    id: schedule.id,
    kind: schedule.kind,
    schedule: schedule.cron || formatScheduleTime(schedule.once, style, '<unknown>'),
    nextExecution: formatScheduleTime(schedule.nextExecution, style, 'never'),
    lastExecuted: formatScheduleTime(schedule.lastExecuted, style, 'never'),
  }
}
