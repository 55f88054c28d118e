import { type Leftover, listLeftovers } from '../client/leftovers'
import { formatTable } from '../output/table'
import { formatTime } from '../output/time'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: referenceUsage,
  long: `List what rotations left over

A rotation that was interrupted may have made a credential whose call has gone from the definition since. It is still in
force at the service: read it, remove or use it there, then let it go.`,
  options: { ...utcOption, ...outputOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name } = await environmentItself(call, 'list')
    const leftovers = await listLeftovers(session.api, name)
    if (output === 'json') printJson(io, { leftovers: leftovers.map((leftover) => ({ ...leftover })) })
    else {
      const table = formatTable<Leftover>(
        [
          { title: 'ID', cell: ({ id }) => id },
          { title: 'Path', cell: ({ path }) => path },
          { title: 'Rotator', cell: ({ rotator }) => rotator },
          { title: 'Made', cell: ({ created }) => formatTime(created, options) },
        ],
        leftovers,
      )
      io.stdout.write(table)
    }
    return undefined
  },
})
