import { readSchedule } from '../client/schedules'
import { inert } from '../output/inert'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { checkScheduleId, scheduleView } from './shared/schedule-time'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: `${referenceUsage} <schedule-id>`,
  long: 'Get a schedule',
  options: { ...utcOption, ...outputOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name, rest } = await environmentItself(call, 'get')
    const view = scheduleView(await readSchedule(session.api, name, checkScheduleId(rest[0])), options)
    if (output === 'json') printJson(io, view)
    else {
      io.stdout.write(`ID: ${inert(view.id)}
Kind: ${inert(view.kind)}
Schedule: ${inert(view.schedule)}
Next execution: ${inert(view.nextExecution)}
Last executed: ${inert(view.lastExecuted)}
`)
    }
    return undefined
  },
})
