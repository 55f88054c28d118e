import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asList, asObject, integer, text } from './decode'
import { environmentPath } from './environments'
import type { Json } from './json'

/** Times are as received: RFC 3339, or `YYYY-MM-DD HH:MM:SS.mmm` in UTC; empty for never. */
export interface Schedule {
  readonly id: string
  readonly kind: string
  readonly cron: string
  readonly once: string
  readonly nextExecution: string
  readonly lastExecuted: string
}

export interface ScheduleEvent {
  readonly id: string
  readonly executed: string
  readonly version: number
  readonly result: string
}

/** When a rotation happens: by a cron line or once at a time (RFC 3339). */
export type ScheduleTime = { readonly scheduleCron: string } | { readonly scheduleOnce: string }

export async function listSchedules(api: Api, name: EnvironmentName): Promise<Schedule[]> {
  const list = asObject(await api.json({ path: environmentPath(name, 'schedules') }), 'schedules')
  return asList(list.get('schedules'), 'schedules').map(decodeSchedule)
}

export async function readSchedule(api: Api, name: EnvironmentName, id: string): Promise<Schedule> {
  return decodeSchedule(await api.json({ path: environmentPath(name, 'schedules', id) }))
}

export async function createSchedule(api: Api, name: EnvironmentName, time: ScheduleTime): Promise<Schedule> {
  const path = environmentPath(name, 'schedules')
  return decodeSchedule(await api.json({ method: 'POST', path, body: rotation(time) }))
}

export async function updateSchedule(
  api: Api,
  name: EnvironmentName,
  { id, time }: { readonly id: string; readonly time: ScheduleTime },
): Promise<Schedule> {
  const path = environmentPath(name, 'schedules', id)
  return decodeSchedule(await api.json({ method: 'PATCH', path, body: rotation(time) }))
}

export async function deleteSchedule(api: Api, name: EnvironmentName, id: string): Promise<void> {
  await api.send({ method: 'DELETE', path: environmentPath(name, 'schedules', id) })
}

export async function scheduleHistory(api: Api, name: EnvironmentName, id: string): Promise<ScheduleEvent[]> {
  const path = environmentPath(name, 'schedules', id, 'history')
  const history = asObject(await api.json({ path }), 'schedule history')
  return asList(history.get('scheduleHistoryEvents'), 'schedule history').map((item) => {
    const event = asObject(item, 'schedule event')
    return {
      id: text(event, 'id'),
      executed: text(event, 'executed'),
      version: integer(event, 'version'),
      result: text(event, 'result'),
    }
  })
}

/** An empty path means every secret of the environment. */
function rotation(time: ScheduleTime): string {
  return JSON.stringify({ ...time, secretRotationRequest: { environmentPath: '' } })
}

function decodeSchedule(json: Json): Schedule {
  const schedule = asObject(json, 'schedule')
  return {
    id: text(schedule, 'id'),
    kind: text(schedule, 'kind'),
    cron: text(schedule, 'scheduleCron'),
    once: text(schedule, 'scheduleOnce'),
    nextExecution: text(schedule, 'nextExecution'),
    lastExecuted: text(schedule, 'lastExecuted'),
  }
}
