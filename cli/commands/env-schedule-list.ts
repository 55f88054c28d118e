import { listSchedules } from '../client/schedules'
import { formatTable } from '../output/table'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { checkCount, countOption, firstOf } from './shared/count-option'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { scheduleView } from './shared/schedule-time'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: referenceUsage,
  long: 'List the schedules of an environment',
  options: { ...utcOption, ...countOption, ...outputOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    checkCount(options.count)
    const { session, name } = await environmentItself(call, 'list')
    const schedules = await listSchedules(session.api, name)
    const views = firstOf(schedules, options.count).map((schedule) => scheduleView(schedule, options))
    if (output === 'json') printJson(io, { schedules: views })
    else {
      const table = formatTable<(typeof views)[number]>(
        [
          { title: 'ID', cell: (view) => view.id },
          { title: 'Kind', cell: (view) => view.kind },
          { title: 'Schedule', cell: (view) => view.schedule },
          { title: 'Next', cell: (view) => view.nextExecution },
          { title: 'Last', cell: (view) => view.lastExecuted },
        ],
        views,
      )
      io.stdout.write(table)
    }
    return undefined
  },
})
