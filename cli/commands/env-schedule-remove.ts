import { deleteSchedule } from '../client/schedules'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { confirm, yesOption } from './shared/confirm'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { checkScheduleId } from './shared/schedule-time'

export const command = defineCommand({
  usage: `${referenceUsage} <schedule-id>`,
  long: 'Remove a schedule',
  options: { ...yesOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentItself(call, 'remove')
    const id = checkScheduleId(rest[0])
    const warning = `This will permanently remove schedule ${JSON.stringify(id)} from ${fullName(name)}!`
    await confirm(io, { warning, word: 'remove', skip: options.yes })
    await deleteSchedule(session.api, name, id)
    io.stdout.write(`Removed schedule ${id} from ${fullName(name)}\n`)
    return undefined
  },
})
