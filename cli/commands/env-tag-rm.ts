import { deleteEnvironmentTag } from '../client/environment-tags'
import { Failure } from '../failure'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${referenceUsage} <name>`,
  long: 'Remove an environment tag',
  options: {},
  args: exactly(2),
  async run(call) {
    const { io } = call
    const { session, name, rest } = await environmentItself(call, 'ls')
    if (!rest[0]) throw new Failure('USAGE', 'environment tag name cannot be empty')
    await deleteEnvironmentTag(session.api, name, rest[0])
    io.stdout.write(`Successfully deleted environment tag: ${rest[0]}\n`)
    return undefined
  },
})
