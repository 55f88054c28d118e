import { readRevisionTag } from '../client/revision-tags'
import { findRevision } from '../client/revisions'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentAtVersion } from './shared/environment'
import { versionedUsage } from './shared/reference-argument'
import { parseRevisionNumber } from './shared/resolve-version'
import { revisionTagText, revisionText } from './shared/revision-text'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: versionedUsage,
  long: `Manage versions

Prints the revision with the given number, or the revision tag with the given name.`,
  options: { ...utcOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const { session, name } = await environmentAtVersion(call)
    const { version } = name
    if (version === '') throw new Failure('USAGE', 'please specify a version')
    if (!/^\d/.test(version)) {
      io.stdout.write(
        revisionTagText(await readRevisionTag(session.api, name, version), options, paintFor(io)),
      )
      return undefined
    }
    const revision = await findRevision(session.api, name, parseRevisionNumber(version))
    if (!revision) throw new Failure('API', '[404] Not Found: revision')
    io.stdout.write(revisionText(revision, options, paintFor(io)))
    return undefined
  },
})
