import { moveRevisionTag } from '../client/revision-tags'
import { Failure } from '../failure'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentAtVersion } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { resolveVersion } from './shared/resolve-version'

export const command = defineCommand({
  usage: `${referenceUsage}@<tag> [@<version>]`,
  long: `Manage tagged versions

Points a tag at a version, at the latest one if none is given. A tag that exists is moved.`,
  options: {},
  args: between(1, 2),
  async run(call) {
    const { session, name, rest } = await environmentAtVersion(call)
    const { version: tag } = name
    if (tag === '') throw new Failure('USAGE', 'please specify a name for the tagged version')
    const revision = await resolveVersion(session, name, (rest[0] ?? '').replace(/^@/, ''))
    await moveRevisionTag(session.api, name, { tag, revision })
    return undefined
  },
})
