import { listRevisions, type Revision } from '../client/revisions'
import { paintFor } from '../output/colour'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentAtVersion } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { page, pagerOption } from './shared/pager'
import { versionedUsage } from './shared/reference-argument'
import { resolveVersion } from './shared/resolve-version'
import { revisionText } from './shared/revision-text'
import { utcOption } from './shared/utc-option'

export const command = defineCommand({
  usage: versionedUsage,
  long: `Show revision history

Revisions are listed newest first; with a version, from that one on.`,
  options: { ...utcOption, ...pagerOption, ...outputOption },
  args: between(0, 1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name } = await environmentAtVersion(call)
    const { version } = name
    const before = version === '' ? 0 : (await resolveVersion(session, name, version)) + 1
    const revisions: Revision[] = []
    for await (const part of listRevisions(session.api, name, before)) revisions.push(...part)
    if (output === 'json') printJson(io, { revisions: revisions.map(revisionJson) })
    else
      await page(
        io,
        options.pager,
        revisions.map((revision) => `${revisionText(revision, options, paintFor(io))}\n`).join(''),
      )
    return undefined
  },
})

function revisionJson({ number, created, creatorLogin, creatorName, tags, retracted }: Revision) {
  return {
    number,
    created,
    creatorLogin,
    creatorName,
    tags,
    retracted: retracted && {
      replacement: retracted.replacement,
      at: retracted.at,
      byLogin: retracted.byLogin || undefined,
      byName: retracted.byName || undefined,
      reason: retracted.reason || undefined,
    },
  }
}
