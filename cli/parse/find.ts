import { Failure } from '../failure'
import type { Command, CommandNode } from './command'
import type { OptionSpecs } from './options'
import { suggestions } from './suggest'

export interface Found {
  readonly node: CommandNode
  /** The node's own code; undefined for a group that only has help. */
  readonly command: Command | undefined
  /** From the root to the node, the node included. */
  readonly line: readonly CommandNode[]
  readonly words: readonly string[]
  readonly inherited: OptionSpecs
}

/**
 * Finds the command that a line names. Options may stand between the names, so the rule of cobra is followed: a
 * word that begins with `-` and is not a known boolean takes the next word with it.
 */
export async function findCommand(root: CommandNode, words: readonly string[]): Promise<Found> {
  let line: readonly CommandNode[] = [root]
  let rest = words
  let node = root
  for (;;) {
    const command = node.load ? (await node.load()).command : undefined
    const inherited = inheritedOptions(line)
    const name = namesIn(rest, { ...inherited, ...command?.options })[0]
    const child = name === undefined ? undefined : childNamed(node, name)
    if (!child) {
      if (node === root && name !== undefined) throw unknownCommand(root, name)
      return { node, command, line, words: rest, inherited }
    }
    rest = without(rest, name ?? '', { ...inherited, ...command?.options })
    line = [...line, child]
    node = child
  }
}

/** The options that the nodes of `line` hand down. */
export function inheritedOptions(line: readonly CommandNode[]): OptionSpecs {
  return Object.assign({}, ...line.map((node) => node.persistent ?? {}))
}

export function childNamed(node: CommandNode, name: string): CommandNode | undefined {
  return node.children?.find((child) => child.name === name || child.aliases?.includes(name))
}

function unknownCommand(root: CommandNode, name: string): Failure {
  const close = suggestions(root, name)
  const hint =
    close.length === 0 ? '' : `\n\nDid you mean this?\n${close.map((word) => `\t${word}\n`).join('')}`
  return new Failure(
    'USAGE',
    `unknown command ${JSON.stringify(name)} for ${JSON.stringify(root.name)}${hint}`,
  )
}

function namesIn(words: readonly string[], options: OptionSpecs): string[] {
  return indexesOfNames(words, options).flatMap((index) => words[index] ?? [])
}

function without(words: readonly string[], name: string, options: OptionSpecs): string[] {
  const index = indexesOfNames(words, options).find((at) => words[at] === name)
  return words.filter((_, at) => at !== index)
}

function indexesOfNames(words: readonly string[], options: OptionSpecs): number[] {
  const found: number[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word === '--') break
    if (takesNextWord(word, options)) index++
    else if (word !== '' && !word.startsWith('-')) found.push(index)
  }
  return found
}

function takesNextWord(word: string, options: OptionSpecs): boolean {
  if (word.includes('=') || !word.startsWith('-')) return false
  if (word === '--help' || word === '-h') return false
  const long = word.startsWith('--')
  if (!long && word.length !== 2) return false
  const spec = long
    ? options[word.slice(2)]
    : Object.values(options).find((candidate) => candidate.short === word.slice(1))
  return !(spec?.kind === 'boolean' || (spec?.kind === 'string' && spec.implicit !== undefined))
}
