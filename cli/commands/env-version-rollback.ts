import { hasRotator, rotatorsStay } from '@/lib/language/edit/rotators'
import { readDefinition } from '../client/environments'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { sourceStyle } from '../output/diagnostics'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { projectName } from '../reference/reference'
import { environmentAtVersion } from './shared/environment'
import { versionedUsage } from './shared/reference-argument'
import { draftOption, submit, targetOf } from './shared/submit'

export const command = defineCommand({
  usage: versionedUsage,
  long: `Roll back to a specific version

The definition of that version becomes the newest revision.`,
  options: { ...draftOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const { session, name } = await environmentAtVersion(call)
    const { version } = name
    if (version === '') throw new Failure('USAGE', 'please specify a version')
    const { text } = await readDefinition(session.api, name, { version })
    if (hasRotator(text)) throw new Failure('DEFINITION', rotatorsStay)
    const { diagnostics, message } = await submit(session, name, targetOf(options.draft), { text, etag: '' })
    if (diagnostics.length > 0) {
      io.stderr.write(sourceStyle(diagnostics, { name: projectName(name), text }, paintFor(io, io.stderr)))
      throw new Failure('DEFINITION', 'could not roll back: too many errors')
    }
    io.stdout.write(message ?? 'Environment updated.\n')
    return undefined
  },
})
