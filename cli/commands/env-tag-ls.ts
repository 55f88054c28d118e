import { listEnvironmentTags } from '../client/environment-tags'
import { paintFor } from '../output/colour'
import { compareBytes } from '../output/order'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { page, pagerOption } from './shared/pager'
import { referenceUsage } from './shared/reference-argument'
import { tagJson, tagText } from './shared/tag-text'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: referenceUsage,
  long: 'List environment tags',
  options: { ...utcOption, ...pagerOption, ...outputOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name } = await environmentItself(call, 'ls')
    const tags = await listEnvironmentTags(session.api, name)
    tags.sort((a, b) => compareBytes(a.name.toLowerCase(), b.name.toLowerCase()))
    if (output === 'json') printJson(io, { tags: tags.map(tagJson) })
    else await page(io, options.pager, tags.map((tag) => tagText(tag, options, paintFor(io))).join(''))
    return undefined
  },
})
