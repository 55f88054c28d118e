import { deleteRevisionTag } from '../client/revision-tags'
import { Failure } from '../failure'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentAtVersion } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${referenceUsage}@<tag>`,
  long: 'Remove a tagged version',
  options: {},
  args: exactly(1),
  async run(call) {
    const { session, name } = await environmentAtVersion(call)
    const { version } = name
    if (version === '') throw new Failure('USAGE', 'please specify a tagged version to remove')
    await deleteRevisionTag(session.api, name, version)
    return undefined
  },
})
