import { createSchedule, listSchedules } from '../client/schedules'
import { Failure } from '../failure'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { scheduleOptions, scheduleTime } from './shared/schedule-time'

export const command = defineCommand({
  usage: referenceUsage,
  long: `Create a schedule that rotates the secrets of an environment

An environment has at most one schedule.`,
  examples: `  esc env schedule new myorg/myproject/dev --cron "0 3 * * *"
  esc env schedule new myorg/myproject/dev --once 2027-01-01T03:00:00Z`,
  options: { ...scheduleOptions },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const { session, name } = await environmentItself(call, 'new')
    const time = scheduleTime(io, options)
    const [existing] = await listSchedules(session.api, name)
    if (existing) {
      throw new Failure(
        'API',
        `environment ${fullName(name)} already has a schedule (${existing.id}); only one schedule per environment is currently supported`,
      )
    }
    const { id } = await createSchedule(session.api, name, time)
    io.stdout.write(`Created schedule ${id} for ${fullName(name)}\n`)
    return undefined
  },
})
