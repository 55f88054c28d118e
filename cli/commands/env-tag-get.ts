import { readEnvironmentTag } from '../client/environment-tags'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { tagJson, tagText } from './shared/tag-text'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: `${referenceUsage} <name>`,
  long: 'Get an environment tag',
  options: { ...utcOption, ...outputOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name, rest } = await environmentItself(call, 'tag')
    if (!rest[0]) throw new Failure('USAGE', 'environment tag name cannot be empty')
    const tag = await readEnvironmentTag(session.api, name, rest[0])
    if (output === 'json') printJson(io, tagJson(tag))
    else io.stdout.write(tagText(tag, options, paintFor(io)))
    return undefined
  },
})
