import type { Command, CommandNode } from './command'
import { formatDuration } from './duration'
import type { OptionSpec, OptionSpecs } from './options'

export interface HelpSubject {
  readonly node: CommandNode
  readonly command: Command | undefined
  /** As typed, e.g. `esc env ls`. */
  readonly path: string
  readonly inherited: OptionSpecs
}

/** The help of a command or group, laid out like cobra's. */
export function helpText(subject: HelpSubject): string {
  const { node, command, path } = subject
  const visible = (node.children ?? []).filter((child) => !child.hidden)
  const parts = [
    (command?.long ?? node.long ?? node.short).trimEnd(),
    usageBlock(subject, visible.length > 0),
    node.aliases?.length ? `Aliases:\n  ${[node.name, ...node.aliases].join(', ')}` : undefined,
    command?.examples ? `Examples:\n${command.examples}` : undefined,
    visible.length > 0 ? `Available Commands:\n${commandLines(visible)}` : undefined,
    `Flags:\n${optionLines(ownOptions(subject), node.name)}`,
    inheritedBlock(subject),
    visible.length > 0 ? `Use "${path} [command] --help" for more information about a command.` : undefined,
  ]
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`
}

function usageBlock({ node, command, path }: HelpSubject, group: boolean): string {
  const lines = []
  if (command) lines.push(`  ${[path, command.usage, '[flags]'].filter(Boolean).join(' ')}`)
  if (group || (!command && node.children)) lines.push(`  ${path} [command]`)
  return `Usage:\n${lines.join('\n')}`
}

function commandLines(nodes: readonly CommandNode[]): string {
  const width = Math.max(11, ...nodes.map((node) => node.name.length))
  return [...nodes]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((node) => `  ${node.name.padEnd(width)} ${node.short}`)
    .join('\n')
}

function ownOptions({ node, command }: HelpSubject): OptionSpecs {
  return { ...command?.options, ...node.persistent }
}

function inheritedBlock(subject: HelpSubject): string | undefined {
  const own = ownOptions(subject)
  const inherited = Object.entries(subject.inherited).filter(([name]) => !Object.hasOwn(own, name))
  if (inherited.length === 0) return undefined
  return `Global Flags:\n${optionTable(inherited)}`
}

function optionLines(specs: OptionSpecs, name: string): string {
  const word = name.split(' ').at(-1)
  const help: OptionSpec = { kind: 'boolean', short: 'h', help: `help for ${word}` }
  return optionTable([...Object.entries(specs), ['help', help]])
}

function optionTable(entries: readonly (readonly [string, OptionSpec])[]): string {
  const rows = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, spec]) => ({ left: leftColumn(name, spec), right: `${spec.help}${defaultNote(spec)}` }))
  const width = Math.max(...rows.map((row) => row.left.length))
  return rows.map((row) => `${row.left.padEnd(width)}   ${row.right}`).join('\n')
}

function leftColumn(name: string, spec: OptionSpec): string {
  const names = spec.short ? `  -${spec.short}, --${name}` : `      --${name}`
  const implicit = spec.kind === 'string' && spec.implicit !== undefined ? `[="${spec.implicit}"]` : ''
  return `${names}${typeNames[spec.kind]}${implicit}`
}

const typeNames: Readonly<Record<OptionSpec['kind'], string>> = {
  string: ' string',
  boolean: '',
  integer: ' int',
  duration: ' duration',
  list: ' stringArray',
}

function defaultNote(spec: OptionSpec): string {
  if (spec.kind === 'string' && spec.default) return ` (default "${spec.default}")`
  if (spec.kind === 'boolean' && spec.default) return ' (default true)'
  if (spec.kind === 'integer' && spec.default) return ` (default ${spec.default})`
  if (spec.kind === 'duration') return ` (default ${formatDuration(spec.default)})`
  return ''
}
