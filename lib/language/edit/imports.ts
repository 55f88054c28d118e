import { sameExcept } from './compare'
import { formatScalar } from './format'
import { lineEndAt, lineStartAt, slotEnd, startsLine, withHeadComment } from './layout'
import { removeValue } from './remove'
import { cannotPlace, type EditResult, failure, finish, isFailure, readForEdit } from './result'
import { appendItem, setValue } from './set'
import type { Span, Splice, TextRange } from './source'
import {
  type Tree,
  type TreeEntry,
  type TreeNode,
  type TreeScalar,
  type TreeSequence,
  type TreeSlot,
  topLevel,
} from './tree'

/** An element of `imports`. */
export interface ImportEntry {
  readonly index: number
  /** As written, with `@version` if it has one. */
  readonly name: string
  readonly range: TextRange
}

/** The imports of a definition in their order; malformed elements are left out. */
export function listImports(text: string): readonly ImportEntry[] {
  const tree = readForEdit(text)
  if (isFailure(tree)) return []
  const list = importsOf(tree)?.value
  if (list?.kind !== 'seq') return []
  return list.items.flatMap((slot, index) => {
    const node = nameNode(slot.value)
    return node === undefined ? [] : [{ index, name: node.text, range: tree.source.range(node.span) }]
  })
}

/** Adds an import, at the end or before the one at `index`. Missing `imports` are made as the first key. */
export function addImport(text: string, name: string, options: { readonly index?: number } = {}): EditResult {
  const tree = readForEdit(text)
  if (isFailure(tree)) return tree
  const entry = importsOf(tree)
  const list = entry?.value
  if (entry === undefined) return addFirst(tree, name)
  const key = entry.name ?? 'imports'
  if (list?.kind !== 'seq') return setValue(text, [key, 0], formatScalar(name, { inFlow: false }))
  const next = list.items[options.index ?? list.items.length]
  if (next === undefined) return appendItem(text, [key], formatScalar(name, { inFlow: false }))
  const names = listImports(text).map((item) => item.name)
  return checked(
    tree,
    [insertBefore(tree, { list, next, name })],
    names.toSpliced(options.index ?? 0, 0, name),
  )
}

export function removeImport(text: string, index: number): EditResult {
  const tree = readForEdit(text)
  if (isFailure(tree)) return tree
  return removeValue(text, [importsOf(tree)?.name ?? 'imports', index])
}

/** Moves an import with its comments. Later imports win, so the order matters. */
export function moveImport(text: string, from: number, to: number): EditResult {
  const tree = readForEdit(text)
  if (isFailure(tree)) return tree
  const list = importsOf(tree)?.value
  if (list?.kind !== 'seq') return failure('edit.not-found', 'there are no imports')
  const moved = list.items[from]
  if (moved === undefined || list.items[to] === undefined) {
    return failure('edit.out-of-range', 'array index out of range')
  }
  const order = list.items.toSpliced(from, 1).toSpliced(to, 0, moved)
  const names = order.map((slot) => nameNode(slot.value)?.text ?? '')
  const chunk = (slot: TreeSlot) => chunkOf(tree, list, slot)
  const splices = list.items.flatMap((slot, at): Splice[] => {
    const other = order[at]
    if (other === undefined || other === slot) return []
    return [{ span: chunk(slot), text: text.slice(...chunk(other)) }]
  })
  return checked(tree, splices, names)
}

/** Pins an import to a version, or follows the latest again when no version is given. */
export function pinImport(text: string, index: number, version: string | undefined): EditResult {
  const tree = readForEdit(text)
  if (isFailure(tree)) return tree
  const list = importsOf(tree)?.value
  const node = list?.kind === 'seq' ? nameNode(list.items[index]?.value) : undefined
  if (node === undefined) return failure('edit.not-found', 'there is no such import')
  const [base = ''] = node.text.split('@')
  const name = version === undefined ? base : `${base}@${version}`
  const written = node.style === 'double' ? JSON.stringify(name) : formatScalar(name, { inFlow: node.inFlow })
  const names = listImports(text).map((item) => (item.index === index ? name : item.name))
  return checked(tree, [{ span: node.span, text: written }], names)
}

function importsOf(tree: Tree): TreeEntry | undefined {
  return topLevel(tree, 'imports')
}

/** The scalar with the name: the element itself, or the single key of a mapping with options. */
function nameNode(node: TreeNode | undefined): TreeScalar | undefined {
  if (node?.kind === 'scalar') return node
  const key = node?.kind === 'map' && node.entries.length === 1 ? node.entries[0]?.key : undefined
  return key?.kind === 'scalar' ? key : undefined
}

/** `imports` go above all other keys and the comments directly above those. */
function addFirst(tree: Tree, name: string): EditResult {
  const { source, roots } = tree
  const [root] = roots
  const first = root?.kind === 'map' ? root.entries[0] : undefined
  const written = formatScalar(name, { inFlow: false })
  if (root?.kind !== 'map' || root.flow || first === undefined || !startsLine(tree, first.start)) {
    return setValue(source.text, ['imports', 0], written)
  }
  const at = withHeadComment(tree, first)
  const start = at === 0 && source.text.startsWith('\ufeff') ? 1 : at
  const lines = ['imports:', `  - ${written}`].map(
    (line) => ' '.repeat(root.indent) + line + source.lineBreak,
  )
  return checked(tree, [{ span: [start, start], text: lines.join('') }], [name])
}

function insertBefore(tree: Tree, place: { list: TreeSequence; next: TreeSlot; name: string }): Splice {
  const { list, next, name } = place
  if (list.flow || !startsLine(tree, next.start)) {
    const at = next.start
    const separator = list.flow ? ', ' : `${tree.source.lineBreak}${' '.repeat(list.indent)}`
    const lead = list.flow ? '' : '- '
    return { span: [at, at], text: lead + formatScalar(name, { inFlow: list.flow }) + separator }
  }
  const at = withHeadComment(tree, next)
  const line = `${' '.repeat(list.indent)}- ${formatScalar(name, { inFlow: false })}${tree.source.lineBreak}`
  return { span: [at, at], text: line }
}

/** An element with what is about it: its comments above and beside. */
function chunkOf(tree: Tree, list: TreeSequence, slot: TreeSlot): Span {
  if (list.flow) return [slot.start, slotEnd(slot)]
  const start = startsLine(tree, slot.start) ? withHeadComment(tree, slot) : lineStartAt(tree, slot.start)
  return [start, lineEndAt(tree, slotEnd(slot))]
}

/** Accepts an edit when the imports are those meant, in that order, and nothing else has changed. */
function checked(tree: Tree, splices: readonly Splice[], names: readonly string[]): EditResult {
  const result = finish(tree.source.text, splices, (after) => {
    const key = importsOf(after)?.name
    return key !== undefined && sameExcept(tree.roots[0], after.roots[0], [key])
  })
  if (!result.ok) return result
  const found = listImports(result.text).map((item) => item.name)
  return found.join('\n') === names.join('\n') ? result : cannotPlace
}
