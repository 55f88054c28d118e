import type { Range } from '../client/values'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { parseFormat } from '../output/formats'
import { fenced, rendered } from '../output/markdown'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentAtVersion } from './shared/environment'
import { type Description, definitionOf, inspect, renderedValue } from './shared/inspect'
import { propertyPath } from './shared/property-path'
import { versionedUsage } from './shared/reference-argument'

const formats = ['dotenv', 'json', 'detailed', 'shell', 'string'] as const

export const command = defineCommand({
  usage: `${versionedUsage} [path]`,
  long: `Get a value within an environment

Prints the value, its definition and where it is defined. Nothing is opened: values of providers are [unknown], and
secrets are [secret] unless --show-secrets is given.`,
  options: {
    definition: { kind: 'boolean', help: 'Set to print just the definition.' },
    value: {
      kind: 'string',
      help: "Set to print just the value in the given format. May be 'dotenv', 'json', 'detailed', 'shell' or 'string'",
    },
    'show-secrets': { kind: 'boolean', help: 'Show static secrets in plaintext rather than ciphertext' },
  },
  args: between(1, 2),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentAtVersion(call)
    if (options.value && options.definition) {
      throw new Failure('USAGE', '`--value` and `--definition` flags cannot be used together')
    }
    const subject = {
      name,
      path: propertyPath(rest[0] ?? '', 'invalid path'),
      showSecrets: options['show-secrets'],
    }
    if (options.value) {
      io.stdout.write(
        await renderedValue(session, subject, parseFormat(options.value, formats, subject.path)),
      )
    } else if (options.definition) {
      io.stdout.write((await definitionOf(session, subject)) ?? '')
    } else {
      const description = await inspect(session, subject)
      if (description) io.stdout.write(rendered(markdown(description, name.environment), paintFor(io)))
    }
    return undefined
  },
})

function markdown({ value, definition, stack }: Description, environment: string): string {
  const places = stack.map((range) => `- ${place(range, environment)}\n`).join('')
  const sections = [
    value === '' ? '' : `# Value\n${fenced('json', value)}`,
    definition === '' ? '' : `# Definition\n${fenced('yaml', definition)}`,
    places === '' ? '' : `\n# Defined at\n${places}`,
    '\n',
  ]
  return sections.join('')
}

/** The text that was checked has the name `<yaml>` there. */
function place({ environment, begin }: Range, name: string): string {
  return `${environment === '<yaml>' ? name : environment}:${begin.line}:${begin.column}`
}
