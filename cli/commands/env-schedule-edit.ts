import { updateSchedule } from '../client/schedules'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { checkScheduleId, scheduleOptions, scheduleTime } from './shared/schedule-time'

export const command = defineCommand({
  usage: `${referenceUsage} <schedule-id>`,
  long: 'Change when a schedule runs',
  options: { ...scheduleOptions },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentItself(call, 'edit')
    const id = checkScheduleId(rest[0])
    const updated = await updateSchedule(session.api, name, { id, time: scheduleTime(io, options) })
    io.stdout.write(`Updated schedule ${updated.id || id} for ${fullName(name)}\n`)
    return undefined
  },
})
