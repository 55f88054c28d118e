import { discardLeftover } from '../client/leftovers'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { confirm, yesOption } from './shared/confirm'
import { environmentItself } from './shared/environment'
import { leftoverId, leftoverUsage } from './shared/leftover'

export const command = defineCommand({
  usage: leftoverUsage,
  long: `Let go what a rotation left over

The record of it is gone for good; a credential that is still in force at the service stays in force.`,
  options: { ...yesOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentItself(call, 'remove')
    const id = leftoverId(rest[0])
    const warning = `This will permanently forget leftover ${JSON.stringify(id)} of ${fullName(name)}!`
    await confirm(io, { warning, word: 'remove', skip: options.yes })
    await discardLeftover(session.api, name, id)
    io.stdout.write(`Removed leftover ${id} of ${fullName(name)}\n`)
    return undefined
  },
})
