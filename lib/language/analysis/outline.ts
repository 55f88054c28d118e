import { readTree } from '../edit/read-tree'
import { type Tree, type TreeMap, type TreeNode, topLevel } from '../edit/tree'
import { readCall } from './functions'
import { readTolerantly } from './tolerant-tree'

/** A text as far as it can be read: its tree and the parts of a definition in it. */
export interface Outline {
  readonly tree: Tree
  readonly root: TreeMap | undefined
  readonly values: TreeNode | undefined
  readonly imports: readonly ImportItem[]
}

export interface ImportItem {
  readonly name: string
  /** The scalar that holds the name. */
  readonly node: TreeNode
}

let last: { text: string; isExact: boolean; around: number | undefined; outline: Outline } | undefined

/**
 * The outline that was read last is kept: after a key press several questions are about the same text.
 *
 * @param around the offset that is asked about: of long broken texts only its surroundings are read
 */
export function readOutline(text: string, around?: number): Outline {
  if (last?.text === text && (last.isExact || last.around === around)) return last.outline
  const exact = readTree(text)
  const isExact = exact.diagnostics.length === 0
  const outline = outlineOf(isExact ? exact : readTolerantly(text, around))
  last = { text, isExact, around, outline }
  return outline
}

function outlineOf(tree: Tree): Outline {
  const first = tree.roots[0]
  const root = first?.kind === 'map' ? first : undefined
  return {
    tree,
    root,
    values: topLevel(tree, 'values')?.value,
    imports: readImports(topLevel(tree, 'imports')?.value),
  }
}

function readImports(node: TreeNode | undefined): ImportItem[] {
  if (node?.kind !== 'seq') return []
  return node.items.flatMap(({ value: item }) => {
    if (item.kind === 'scalar') return [{ name: item.text, node: item }]
    const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined
    return entry?.name === undefined ? [] : [{ name: entry.name, node: entry.key }]
  })
}

/** The call that a mapping is, when it is one. */
export function callOf(node: TreeNode | undefined) {
  if (node?.kind !== 'map' || node.entries.length !== 1) return undefined
  const [entry] = node.entries
  const call = entry?.name === undefined ? undefined : readCall(entry.name)
  return entry === undefined || call === undefined ? undefined : { ...call, entry }
}
