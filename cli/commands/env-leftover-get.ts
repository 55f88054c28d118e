import { readLeftover } from '../client/leftovers'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { leftoverId, leftoverUsage } from './shared/leftover'
import { printJson } from './shared/output-option'

export const command = defineCommand({
  usage: leftoverUsage,
  long: `Show what a rotation left over

Prints plain secrets as JSON: what was decided, and what was made as far as that is known. Recorded in the audit log.`,
  options: {},
  args: exactly(2),
  async run(call) {
    const { session, name, rest } = await environmentItself(call, 'get')
    printJson(call.io, await readLeftover(session.api, name, leftoverId(rest[0])))
    return undefined
  },
})
