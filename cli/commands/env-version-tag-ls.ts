import { listRevisionTags, type RevisionTag } from '../client/revision-tags'
import { formatTable } from '../output/table'
import { formatTime } from '../output/time'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { page, pagerOption } from './shared/pager'
import { referenceUsage } from './shared/reference-argument'
import { person } from './shared/tag-text'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: referenceUsage,
  long: 'List tagged versions',
  options: { ...utcOption, ...pagerOption, ...outputOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name } = await environmentItself(call, 'ls')
    const tags = await listRevisionTags(session.api, name)
    if (output === 'json') printJson(io, { tags: tags.map(tagJson) })
    else {
      const table = formatTable<RevisionTag>(
        [
          { title: 'Name', cell: (tag) => tag.name },
          { title: 'Revision', cell: (tag) => tag.revision },
          { title: 'Modified', cell: (tag) => formatTime(tag.modified, options) },
          { title: 'Editor', cell: (tag) => person(tag.editorName, tag.editorLogin) },
        ],
        tags,
      )
      await page(io, options.pager, table)
    }
    return undefined
  },
})

function tagJson({ name, revision, modified, editorLogin, editorName }: RevisionTag) {
  return {
    name,
    revision,
    modified,
    editorLogin: editorLogin || undefined,
    editorName: editorName || undefined,
  }
}
