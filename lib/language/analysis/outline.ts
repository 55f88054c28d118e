import { parseTree, type Tree, type TreeEntry, type TreeMap, type TreeNode } from '../edit/tree'
import type { PropertyPath } from '../syntax/path'
import { readCall } from './functions'

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

export function readOutline(text: string): Outline {
  const tree = parseTree(text)
  const first = tree.roots[0]
  const root = first?.kind === 'map' ? first : undefined
  return { tree, root, values: topLevel(root, 'values'), imports: readImports(topLevel(root, 'imports')) }
}

/** Known keys match without regard to case and the last one wins (language.md §6). */
function topLevel(root: TreeMap | undefined, name: string): TreeNode | undefined {
  return root?.entries.findLast((entry) => entry.name?.toLowerCase() === name)?.value
}

function readImports(node: TreeNode | undefined): ImportItem[] {
  if (node?.kind !== 'seq') return []
  return node.items.flatMap((item) => {
    if (item.kind === 'scalar') return [{ name: item.text, node: item }]
    const entry = item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined
    return entry?.name === undefined ? [] : [{ name: entry.name, node: entry.key }]
  })
}

/** The entry of a mapping; of repeated keys the first, as evaluation has it (language.md §9.2). */
export function entryOf(node: TreeNode | undefined, name: string): TreeEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.name === name) : undefined
}

export function nodeAt(root: TreeNode | undefined, path: PropertyPath): TreeNode | undefined {
  return path.reduce<TreeNode | undefined>((node, element) => {
    if (typeof element === 'string') return entryOf(node, element)?.value
    return node?.kind === 'seq' ? node.items[element] : undefined
  }, root)
}

/** The call that a mapping is, when it is one. */
export function callOf(node: TreeNode | undefined) {
  if (node?.kind !== 'map' || node.entries.length !== 1) return undefined
  const [entry] = node.entries
  const call = entry?.name === undefined ? undefined : readCall(entry.name)
  return entry === undefined || call === undefined ? undefined : { ...call, entry }
}
