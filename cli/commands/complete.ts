import { listEnvironments } from '../client/environments'
import { connect } from '../credentials/session'
import { Failure } from '../failure'
import type { Io } from '../io'
import { any } from '../parse/arguments'
import { type Command, defineCommand } from '../parse/command'
import { type Found, findCommand } from '../parse/find'
import { referenceUsage } from './shared/reference-argument'

/** Prints what the last word of a line may become: one proposal per line, a tab, its description. */
export const command = defineCommand({
  usage: '-- [word]...',
  long: 'Propose words for the shell',
  options: {},
  args: any,
  async run({ io, positionals }) {
    const words = positionals.slice(0, -1)
    const current = positionals.at(-1) ?? ''
    const proposals = await propose(io, words, current).catch((error: unknown) => {
      // a person who is typing wants no error, whatever is wrong
      if (error instanceof Failure) return []
      throw error
    })
    const lines = proposals
      .filter(({ word }) => word.startsWith(current))
      .map(({ word, description }) => (description ? `${word}\t${description}\n` : `${word}\n`))
    io.stdout.write(lines.join(''))
    return undefined
  },
})

interface Proposal {
  readonly word: string
  readonly description?: string
}

async function propose(io: Io, words: readonly string[], current: string): Promise<Proposal[]> {
  const { root } = await import('./tree')
  const found = await findCommand(root, words)
  const positionals = positionalsOf(found)
  if (positionals === undefined) return []
  if (current.startsWith('-')) return optionProposals(found)
  const children = positionals.length === 0 ? childProposals(found) : []
  const environments =
    found.command && awaitsEnvironment(found.command) && positionals.length === 0
      ? await environmentProposals(io)
      : []
  return [...children, ...environments]
}

/** The positionals that stand on the line so far; undefined where the rest belongs to a child. */
function positionalsOf({ words, command: leaf, inherited }: Found): readonly string[] | undefined {
  if (words.includes('--')) return undefined
  const specs = { ...inherited, ...leaf?.options }
  return words.filter((word, at) => {
    if (word.startsWith('-')) return false
    const spec = specs[(words[at - 1] ?? '').replace(/^--/, '')]
    const isValue = words[at - 1]?.startsWith('--') && spec !== undefined && spec.kind !== 'boolean'
    return !isValue
  })
}

/** Every command on an environment begins its usage with the reference. */
function awaitsEnvironment(leaf: Command): boolean {
  return leaf.usage.startsWith(referenceUsage)
}

function childProposals({ node }: Found): Proposal[] {
  return (node.children ?? [])
    .filter((child) => !child.hidden)
    .map(({ name, short }) => ({ word: name, description: short }))
}

function optionProposals({ command: leaf, inherited }: Found): Proposal[] {
  const specs = { ...inherited, ...leaf?.options }
  return Object.entries(specs).map(([name, { help }]) => ({ word: `--${name}`, description: help }))
}

/** The environments the person can see, as `esc env ls` writes them. */
async function environmentProposals(io: Io): Promise<Proposal[]> {
  const session = await connect(impatient(io))
  const environments = await listEnvironments(session.api)
  return environments.map(({ organization, project, environment }) => {
    const own = organization === session.username
    return { word: own ? `${project}/${environment}` : `${organization}/${project}/${environment}` }
  })
}

/** A person waits at the prompt: nothing is tried twice, and nothing is printed. */
function impatient(io: Io): Io {
  const silent = { terminal: false, write: () => undefined, onBroken: () => undefined }
  return Object.assign(Object.create(io) as Io, {
    stderr: silent,
    sleep: () => Promise.reject(new Failure('TRANSPORT', 'the server does not answer')),
  })
}
