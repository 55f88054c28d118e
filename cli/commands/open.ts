import { openEnvironment } from '../client/open'
import type { Environment } from '../client/values'
import { connect } from '../credentials/session'
import type { Io } from '../io'
import { paintFor } from '../output/colour'
import { propertyStyle } from '../output/diagnostics'
import { parseFormat, renderEnvironment, type ValueFormat, valueFormats } from '../output/formats'
import { assignmentName } from '../output/shell-quote'
import { type Variable, variablesOf } from '../output/value'
import { atMost } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { parseDuration } from '../parse/duration'
import { resolveExisting } from '../reference/resolve'
import { writeFiles } from '../run/files'
import { propertyPath } from './shared/property-path'
import { referenceArgument, versionedUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${versionedUsage} [property path]`,
  long: `Open the environment with the given name and return the result

This command opens the environment with the given name. The result is written to stdout as JSON.
If a property path is specified, only retrieves that property.

The formats dotenv and shell write the files of the environment to the temporary directory and leave them there.`,
  options: {
    lifetime: {
      kind: 'duration',
      short: 'l',
      default: parseDuration('2h'),
      help: 'the lifetime of the opened environment',
    },
    format: {
      kind: 'string',
      short: 'f',
      default: 'json',
      help: "the output format to use. May be 'dotenv', 'json', 'yaml', 'detailed', 'shell' or 'string'",
    },
    draft: { kind: 'string', help: 'open the environment draft with --draft=<change-request-id>' },
  },
  args: atMost(2),
  async run(call) {
    const { io, options } = call
    const session = await connect(io)
    const { reference, rest } = referenceArgument(call)
    const path = propertyPath(rest[0] ?? '', `invalid property path ${rest[0]}`)
    const { version, ...name } = await resolveExisting(session, reference)
    const format = parseFormat(options.format, valueFormats, path)
    const opened = await openEnvironment(session.api, name, {
      lifetime: options.lifetime,
      draft: options.draft,
      version,
    })
    io.stderr.write(propertyStyle(opened.diagnostics, paintFor(io, io.stderr)))
    if (!opened.environment) return undefined
    const { environment } = opened
    const variables = () => shellVariables(io, environment, format)
    io.stdout.write(await renderEnvironment(environment, { format, path, secrets: 'show', variables }))
    return undefined
  },
})

/** The variables of an environment; files are written and stay, for the shell that reads the output. */
function shellVariables(io: Io, environment: Environment, format: ValueFormat): Variable[] {
  const variables = variablesOf(environment, 'environmentVariables', { secrets: 'show' })
  const files = variablesOf(environment, 'files', { secrets: 'show' })
  // before anything is written: a name that is refused must leave no files behind
  if (format === 'dotenv' || format === 'shell') {
    for (const { name } of [...variables, ...files]) assignmentName(name, format)
  }
  return [...variables, ...writeFiles(io, files).variables]
}
