import { setEnvironmentTag } from '../client/environment-tags'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { tagText } from './shared/tag-text'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: `${referenceUsage} <name> <value>`,
  long: `Manage environment tags

Sets a tag of an environment. A tag that exists gets the new value.`,
  options: { ...utcOption },
  args: exactly(3),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentItself(call, 'tag')
    const [tag = '', value = ''] = rest
    if (tag === '') throw new Failure('USAGE', 'environment tag name cannot be empty')
    if (value === '') throw new Failure('USAGE', 'environment tag value cannot be empty')
    io.stdout.write(
      tagText(await setEnvironmentTag(session.api, name, { tag, value }), options, paintFor(io)),
    )
    return undefined
  },
})
