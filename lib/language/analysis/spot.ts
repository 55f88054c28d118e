import type { TreeEntry, TreeNode } from '../edit/tree'
import type { PropertyPath } from '../syntax/path'

/** The innermost node at an offset of a text. */
export interface Spot {
  readonly node: TreeNode
  readonly role: 'key' | 'value'
  /** Keys and indices to the value; for a key, to the value of its entry. */
  readonly path: PropertyPath
  readonly entry: TreeEntry | undefined
}

/** Finds the scalar, alias or empty collection at an offset; the end of a node still belongs to it. */
export function spotAt(root: TreeNode | undefined, offset: number): Spot | undefined {
  let spot: Spot | undefined = root && { node: root, role: 'value', path: [], entry: undefined }
  for (let next = spot; next !== undefined; next = childAt(next, offset)) spot = next
  return spot !== undefined && contains(spot.node, offset) ? spot : undefined
}

function childAt({ node, role, path }: Spot, offset: number): Spot | undefined {
  if (role === 'key') return undefined
  if (node.kind === 'seq') {
    const index = node.items.findIndex((slot) => contains(slot.value, offset))
    const item = node.items[index]?.value
    return item && { node: item, role: 'value', path: [...path, index], entry: undefined }
  }
  if (node.kind !== 'map') return undefined
  for (const entry of node.entries) {
    const inside = [...path, entry.name ?? '']
    if (contains(entry.key, offset)) return { node: entry.key, role: 'key', path: inside, entry }
    if (contains(entry.value, offset)) return { node: entry.value, role: 'value', path: inside, entry }
  }
  return undefined
}

function contains({ span }: TreeNode, offset: number): boolean {
  return span[0] <= offset && offset <= span[1]
}

/** The innermost call around a path, as the index of its key. */
export function callIndex(path: PropertyPath): number {
  return path.findLastIndex((element) => typeof element === 'string' && element.startsWith('fn::'))
}
