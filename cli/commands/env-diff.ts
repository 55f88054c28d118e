import type { Session } from '../credentials/session'
import { paintFor } from '../output/colour'
import { type Side, unifiedDiff } from '../output/diff'
import { parseFormat } from '../output/formats'
import { fenced, rendered } from '../output/markdown'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { type Resolved, resolveExisting } from '../reference/resolve'
import { environmentAtVersion } from './shared/environment'
import { inspect, renderedValue, type Subject } from './shared/inspect'
import { propertyPath } from './shared/property-path'
import { versionedUsage } from './shared/reference-argument'

const formats = ['dotenv', 'json', 'string', 'detailed', 'shell'] as const

export const command = defineCommand({
  usage: `${versionedUsage} [${versionedUsage}]`,
  long: `Show changes between versions

Without a second environment the first one is compared with its latest version; \`@<version>\` alone means another
version of the first one.`,
  examples: `  esc env diff myorg/myproject/dev@3
  esc env diff myorg/myproject/dev@stable @latest --format dotenv
  esc env diff myorg/myproject/dev myorg/myproject/prod --path app`,
  options: {
    format: {
      kind: 'string',
      short: 'f',
      help: "the output format to use. May be 'dotenv', 'json', 'string', 'detailed' or 'shell'",
    },
    'show-secrets': { kind: 'boolean', help: 'Show static secrets in plaintext rather than ciphertext' },
    path: { kind: 'string', help: 'Show the diff of a specific path' },
  },
  args: between(1, 2),
  async run(call) {
    const { io, options } = call
    const { session, name: base, rest } = await environmentAtVersion(call)
    const compare = await compareSide(session, base, rest[0])
    const path = propertyPath(options.path, 'invalid path')
    const subject = (name: Resolved): Subject => ({ name, path, showSecrets: options['show-secrets'] })
    const from = { subject: subject(base), label: label({ ...base, version: base.version || 'latest' }) }
    const to = { subject: subject(compare.name), label: label(compare.label) }
    if (options.format === '') {
      io.stdout.write(rendered(await markdownDiff(session, from, to), paintFor(io)))
    } else {
      const format = parseFormat(options.format, formats, path)
      const side = async ({ subject: of, label: name }: Labelled): Promise<Side> => {
        return { label: name, text: await renderedValue(session, of, format) }
      }
      io.stdout.write(unifiedDiff(await side(from), await side(to)))
    }
    return undefined
  },
})

interface Labelled {
  readonly subject: Subject
  readonly label: string
}

/** A second environment is labelled as it was written; the latest version of the first one by its name. */
async function compareSide(session: Session, base: Resolved, text: string | undefined) {
  if (text === undefined) {
    const latest = { ...base, version: 'latest' }
    return { name: latest, label: latest }
  }
  if (text.startsWith('@')) {
    const other = { ...base, version: text.slice(1) || 'latest' }
    return { name: other, label: other }
  }
  const other = await resolveExisting(session, text)
  return { name: { ...other, version: other.version || 'latest' }, label: other }
}

function label(name: Resolved): string {
  return name.version === '' ? fullName(name) : `${fullName(name)}@${name.version}`
}

async function markdownDiff(session: Session, from: Labelled, to: Labelled): Promise<string> {
  const before = await inspect(session, from.subject)
  const after = await inspect(session, to.subject)
  const section = (title: string, part: 'value' | 'definition') => {
    const difference = unifiedDiff(
      { label: from.label, text: before?.[part] ?? '' },
      { label: to.label, text: after?.[part] ?? '' },
    )
    return difference === '' ? '' : `# ${title}\n${fenced('diff', difference)}`
  }
  return section('Value', 'value') + section('Definition', 'definition')
}
