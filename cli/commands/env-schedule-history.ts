import { type ScheduleEvent, scheduleHistory } from '../client/schedules'
import { formatTable } from '../output/table'
import { formatScheduleTime } from '../output/time'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { checkCount, countOption, firstOf } from './shared/count-option'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { checkScheduleId } from './shared/schedule-time'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: `${referenceUsage} <schedule-id>`,
  long: 'Show when a schedule ran',
  options: { ...utcOption, ...countOption, ...outputOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    checkCount(options.count)
    const { session, name, rest } = await environmentItself(call, 'history')
    const events = await scheduleHistory(session.api, name, checkScheduleId(rest[0]))
    const views = firstOf(events, options.count).map((event) => ({
      ...event,
      executed: formatScheduleTime(event.executed, options, ''),
    }))
    if (output === 'json') printJson(io, { events: views })
    else {
      const table = formatTable<ScheduleEvent>(
        [
          { title: 'ID', cell: (event) => event.id },
          { title: 'Executed', cell: (event) => event.executed },
          { title: 'Version', cell: (event) => event.version },
          { title: 'Result', cell: (event) => event.result },
        ],
        views,
      )
      io.stdout.write(table)
    }
    return undefined
  },
})
