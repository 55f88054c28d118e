import { requestOpen } from '../client/open-request'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { parseDuration } from '../parse/duration'
import { environmentAtVersion } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { versionedUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: versionedUsage,
  long: `Request permission to open an environment

Both options take durations, such as 90m or 72h.`,
  options: {
    'grant-expiration-seconds': {
      kind: 'duration',
      default: parseDuration('25h'),
      help: 'how long an approval can be used once it is given',
    },
    'access-duration-seconds': {
      kind: 'duration',
      default: parseDuration('72h'),
      help: 'how long the environment can be opened once the approval is used',
    },
    ...outputOption,
  },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name } = await environmentAtVersion(call)
    const id = await requestOpen(session.api, name, {
      grant: options['grant-expiration-seconds'],
      access: options['access-duration-seconds'],
    })
    if (output === 'json') printJson(io, { changeRequestId: id })
    else io.stdout.write(`Created environment open request with ID: ${id}\n`)
    return undefined
  },
})
