import { behindColon, behindDash, blockLines, type Fragment, insideBrackets } from './fragment'
import { endsLine, indentStep, isEntry, lineEndAt, lineStartAt, startsLine, withBlanksBefore } from './layout'
import { endOf } from './read-tree'
import { failure, isFailure, notACollection, type Plan } from './result'
import type { Span, Splice } from './source'
import type { Tree, TreeMap, TreeNode, TreeSequence, TreeSlot } from './tree'

/** A value and what it stands in. */
export interface Target {
  readonly tree: Tree
  readonly holder: TreeMap | TreeSequence
  readonly slot: TreeSlot
}

/** Replaces the value of an entry or element. */
export function replaceValue(target: Target, fragment: Fragment): Plan {
  const { holder, slot } = target
  const splices =
    holder.flow || slot.value.inFlow ? replaceInFlow(slot, fragment) : replaceInBlock(target, fragment)
  return isFailure(splices) ? splices : [...dropTag(target.tree, slot), ...splices]
}

function dropTag(tree: Tree, { value }: TreeSlot): Splice[] {
  return value.tagSpan === undefined ? [] : [{ span: withBlanksBefore(tree, value.tagSpan), text: '' }]
}

function replaceInFlow(slot: TreeSlot, fragment: Fragment): Plan {
  const { value, valueStart } = slot
  const text = insideBrackets(fragment)
  if (isEntry(slot) && !slot.hasColon) return [{ span: [valueStart, valueStart], text: `: ${text}` }]
  const [start, end] = [value.span[0], endOf(value)]
  const glued = start === end && isEntry(slot)
  return [{ span: [start, end], text: glued ? ` ${text}` : text }]
}

function replaceInBlock(target: Target, fragment: Fragment): Plan {
  const { slot } = target
  const { value } = slot
  if (isEntry(slot) && !slot.hasColon)
    return failure('edit.unsupported', 'a key without a value cannot get one here')
  const isBlock = (value.kind === 'map' || value.kind === 'seq') && !value.flow
  if (fragment.kind === 'block')
    return isBlock ? blockByBlock(target, fragment) : inlineByBlock(target, fragment)
  return isBlock ? blockByInline(target, fragment) : inlineByInline(target, fragment)
}

export function placeOf({ tree, holder }: Pick<Target, 'tree' | 'holder'>) {
  return { indent: holder.indent, step: indentStep(tree), lineBreak: tree.source.lineBreak }
}

/** Scalars, brackets: only the value's own characters change; a comment behind it stays behind its first line. */
function inlineByInline(target: Target, fragment: Fragment): Plan {
  const { tree, slot } = target
  const { value } = slot
  const written = behindColon(fragment, placeOf(target))
  const blank = value.span[0] === value.span[1]
  const text = blank ? written : written.slice(1)
  const block = value.kind === 'scalar' ? value.block : undefined
  if (block?.comment !== undefined) {
    return splitAround(tree, [block.header, [block.comment[1], block.end]], { text, fragment })
  }
  const span: Span = [value.span[0], endOf(value)]
  const inserted: Span = blank
    ? [Math.max(span[0], slot.valueStart), Math.max(span[1], slot.valueStart)]
    : span
  if (fragment.kind === 'inline' || endsLine(tree, inserted[1])) return [{ span: inserted, text }]
  const end = lineEndAt(tree, inserted[1])
  return splitAround(tree, [inserted, [end, end]], { text, fragment })
}

/** The first line goes to one place and the lines of a block scalar to another, behind a comment. */
function splitAround(
  tree: Tree,
  [first, second]: readonly [Span, Span],
  { text, fragment }: { text: string; fragment: Fragment },
): Plan {
  const cut = fragment.kind === 'block-scalar' ? text.indexOf(tree.source.lineBreak) : -1
  const [head, body] = cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut)]
  return [
    { span: first, text: head },
    { span: second, text: body },
  ]
}

/** The value moves behind its key or dash; a comment behind the last line of the block stays, behind a header too. */
function blockByInline(target: Target, fragment: Fragment): Plan {
  const { tree, slot } = target
  const { value } = slot
  const text = behindColon(fragment, placeOf(target))
  const cut = fragment.kind === 'block-scalar' ? text.indexOf(tree.source.lineBreak) : text.length
  const lineEnd = lineEndAt(tree, endOf(value))
  const end = fragment.kind === 'block-scalar' ? lineEnd : endOf(value)
  const comment = tree.source.text.slice(endOf(value), end)
  const [head, body] = [text.slice(0, cut) + comment, text.slice(cut)]
  if (!startsLine(tree, value.span[0])) return [{ span: [value.span[0], end], text: head.slice(1) + body }]
  const at = Math.max(slot.valueStart, value.anchorSpan?.[1] ?? 0)
  const above = lineEndAt(tree, lineStartAt(tree, value.span[0]) - 1)
  return [
    { span: [at, at], text: head },
    { span: [above, end], text: body },
  ]
}

function blockByBlock({ tree, holder, slot }: Target, fragment: Fragment): Plan {
  const { value } = slot
  const { lineBreak } = tree.source
  if (value.kind !== 'map' && value.kind !== 'seq') return notACollection
  // A list may stand at the column of its key, a mapping may not.
  const deepEnough = value.indent > holder.indent || fragment.node.kind === 'seq'
  const column = deepEnough ? value.indent : holder.indent + indentStep(tree)
  const lines = blockLines(fragment, column).join(lineBreak)
  if (!startsLine(tree, value.span[0]))
    return [{ span: [value.span[0], endOf(value)], text: lines.trimStart() }]
  return [{ span: [lineStartAt(tree, value.span[0]), endOf(value)], text: lines }]
}

/** A scalar or brackets give way to lines of their own; a comment stays on the line of the key. */
export function inlineByBlock(target: Target, fragment: Fragment): Plan {
  const { tree, holder, slot } = target
  const { value } = slot
  const place = placeOf(target)
  const end = endOf(value)
  if (value.span[0] !== value.span[1] && startsLine(tree, value.span[0])) {
    const column = value.span[0] - lineStartAt(tree, value.span[0])
    return [
      { span: [value.span[0], end], text: blockLines(fragment, column).join(place.lineBreak).trimStart() },
    ]
  }
  const span: Span =
    value.span[0] === value.span[1]
      ? [Math.max(value.span[0], slot.valueStart), Math.max(end, slot.valueStart)]
      : [value.span[0], end]
  const anchored = value.anchorSpan !== undefined || slot.commentsBeforeValue.length > 0
  if (holder.kind === 'seq' && endsLine(tree, span[1]) && !anchored) {
    return [{ span: [slot.valueStart, span[1]], text: behindDash(fragment, place) }]
  }
  const step = holder.kind === 'seq' ? 2 : place.step
  const lines = place.lineBreak + blockLines(fragment, place.indent + step).join(place.lineBreak)
  return blockBelow(tree, { span: withBlanksBefore(tree, span), value, lines })
}

function blockBelow(
  tree: Tree,
  { span, value, lines }: { span: Span; value: TreeNode; lines: string },
): Plan {
  const comment = value.kind === 'scalar' ? value.block?.comment : undefined
  if (comment !== undefined) {
    return [
      { span: withBlanksBefore(tree, [span[0], comment[0]]), text: ' ' },
      { span: [comment[1], span[1]], text: lines },
    ]
  }
  const lineEnd = lineEndAt(tree, span[1])
  if (lineEnd === span[1]) return [{ span, text: lines }]
  return [
    { span, text: '' },
    { span: [lineEnd, lineEnd], text: lines },
  ]
}
