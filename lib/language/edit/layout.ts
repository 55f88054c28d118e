import { endOf } from './read-tree'
import type { Span } from './source'
import type { Tree, TreeEntry, TreeNode, TreeSlot } from './tree'

/** Offset behind the last character of the line that an offset stands on. */
export function lineEndAt({ source }: Tree, offset: number): number {
  return source.lineEnd(source.positionAt(offset).line)
}

export function lineStartAt({ source }: Tree, offset: number): number {
  return source.lineStart(source.positionAt(offset).line)
}

/** Whether only blanks stand before an offset on its line. */
export function startsLine(tree: Tree, offset: number): boolean {
  return (
    tree.source.text.slice(lineStartAt(tree, offset), offset).replace('\ufeff', '').replaceAll(' ', '') === ''
  )
}

/** Whether nothing stands behind an offset on its line. */
export function endsLine(tree: Tree, offset: number): boolean {
  return tree.source.text.slice(offset, lineEndAt(tree, offset)).trim() === ''
}

/** The span with the blanks before it on the same line. */
export function withBlanksBefore({ source }: Tree, [start, end]: Span): Span {
  let from = start
  while (' \t'.includes(source.text[from - 1] ?? '\n')) from--
  return [from, end]
}

/** Where the last character of an entry or element stands. */
export function slotEnd(slot: TreeSlot): number {
  return Math.max(slot.valueStart, endOf(slot.value))
}

/** How many columns deeper this text puts a nested block. */
export function indentStep({ roots }: Tree): number {
  const [root] = roots
  if (root?.kind !== 'map') return 2
  for (const { value } of root.entries) {
    if (value.kind === 'map' && !value.flow && value.indent > root.indent) return value.indent - root.indent
  }
  return 2
}

/**
 * The start of an entry or element together with the comment lines directly above it at its own column: they are about
 * it, as the reference's head comments are (language.md §20).
 */
export function withHeadComment(tree: Tree, slot: TreeSlot): number {
  const { source } = tree
  let line = source.positionAt(slot.start).line
  const column = slot.start - source.lineStart(line)
  const comment = new RegExp(`^ {${column}}#`)
  while (line > 1 && comment.test(source.text.slice(source.lineStart(line - 1), source.lineEnd(line - 1))))
    line--
  return source.lineStart(line)
}

export function isEntry(slot: TreeSlot): slot is TreeEntry {
  return 'key' in slot
}

export function slotsOf(node: TreeNode): readonly TreeSlot[] {
  if (node.kind === 'map') return node.entries
  return node.kind === 'seq' ? node.items : []
}
