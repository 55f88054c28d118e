import type { PropertyPath } from '../syntax/path'
import { scalarKind, type TreeEntry, type TreeMap, type TreeNode, type TreeSequence } from './tree'

/** Whether two nodes mean the same, however they are written. */
export function sameMeaning(a: TreeNode | undefined, b: TreeNode | undefined): boolean {
  return sameExcept(a, b, undefined)
}

/**
 * Whether two nodes mean the same apart from what a path leads to, which may differ, be absent from one of them, or
 * have shifted the elements behind it. Without a path nothing may differ.
 */
export function sameExcept(
  a: TreeNode | undefined,
  b: TreeNode | undefined,
  path: PropertyPath | undefined,
): boolean {
  if (path?.length === 0) return true
  if (a === undefined || b === undefined) return a === b || path !== undefined
  if (a.kind === 'map' && b.kind === 'map') return sameEntries(a, b, path)
  if (a.kind === 'seq' && b.kind === 'seq') return sameItems(a, b, path)
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    return a.text === b.text && scalarKind(a) === scalarKind(b) && (a.tag === b.tag || path !== undefined)
  }
  // A value that was left out becomes the collection that the path goes through.
  return path !== undefined && a.kind === 'scalar' && scalarKind(a) === 'null'
}

function sameEntries(a: TreeMap, b: TreeMap, path: PropertyPath | undefined): boolean {
  const [name, ...rest] = path ?? []
  const mark = (entries: readonly TreeEntry[]) => entries.findIndex((entry) => entry.name === name)
  const [inA, inB] = path === undefined ? [-1, -1] : [mark(a.entries), mark(b.entries)]
  if (inA >= 0 && inB >= 0 && !sameExcept(a.entries[inA]?.value, b.entries[inB]?.value, rest)) return false
  const others = (entries: readonly TreeEntry[], skip: number) => entries.filter((_, at) => at !== skip)
  const [left, right] = [others(a.entries, inA), others(b.entries, inB)]
  if (left.length !== right.length) return false
  return left.every(
    (entry, at) => sameMeaning(entry.key, right[at]?.key) && sameMeaning(entry.value, right[at]?.value),
  )
}

function sameItems(a: TreeSequence, b: TreeSequence, path: PropertyPath | undefined): boolean {
  const [index, ...rest] = path ?? []
  const shift = a.items.length - b.items.length
  if (path === undefined || typeof index !== 'number') {
    return shift === 0 && a.items.every((item, at) => sameMeaning(item.value, b.items[at]?.value))
  }
  if (Math.abs(shift) > 1) return false
  if (shift === 0) {
    return a.items.every((item, at) =>
      sameExcept(item.value, b.items[at]?.value, at === index ? rest : undefined),
    )
  }
  const [longer, shorter] = shift > 0 ? [a.items, b.items] : [b.items, a.items]
  return longer
    .filter((_, at) => at !== index)
    .every((item, at) => sameMeaning(item.value, shorter[at]?.value))
}
