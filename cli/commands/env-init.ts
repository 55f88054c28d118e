import { createEnvironment, updateDefinition } from '../client/environments'
import { connect } from '../credentials/session'
import { Failure, within } from '../failure'
import { paintFor } from '../output/colour'
import { sourceStyle } from '../output/diagnostics'
import { atMost } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName, projectName } from '../reference/reference'
import { resolveNew } from '../reference/resolve'
import { refuseVersion } from './shared/environment'
import { readTextFile } from './shared/files'
import { referenceArgument, referenceUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: referenceUsage,
  long: `Create an empty environment with the given name, ready for editing

A definition may be given with --file.`,
  examples: `  esc env init myorg/myproject/dev
  esc env init dev --file dev.yaml`,
  options: {
    file: {
      kind: 'string',
      short: 'f',
      help: 'the file to use to initialize the environment, if any. Pass `-` to read from standard input.',
    },
  },
  args: atMost(1),
  async run(call) {
    const { io, options } = call
    const session = await connect(io)
    const { version, ...name } = await resolveNew(session, referenceArgument(call).reference)
    refuseVersion(version, 'init')
    const text = options.file
      ? await within('reading environment definition', () => readTextFile(io, options.file))
      : ''
    await within('creating environment', () => createEnvironment(session.api, name))
    io.stdout.write(`Environment created: ${fullName(name)}\n`)
    if (text === '') return undefined
    const diagnostics = await within('updating environment definition', () =>
      updateDefinition(session.api, name, { text }),
    )
    if (diagnostics.length === 0) return undefined
    io.stderr.write(sourceStyle(diagnostics, { name: projectName(name), text }, paintFor(io, io.stderr)))
    throw new Failure('DEFINITION', 'updating environment definition: too many errors')
  },
})
