import { formatKey, formatScalar } from './format'
import { behindColon, behindDash, type Fragment, insideBrackets, nest, writeFlow } from './fragment'
import { endsLine, lineEndAt, lineStartAt, slotEnd, slotsOf, startsLine } from './layout'
import { lastScalar } from './read-tree'
import { inlineByBlock, placeOf } from './replace'
import { notACollection, type Plan } from './result'
import type { Splice } from './source'
import { nodeAt, slotOf, type Tree, type TreeMap, type TreeSequence, type TreeSlot } from './tree'

/** A member that a collection does not have. */
export interface Missing {
  readonly holder: TreeMap | TreeSequence
  readonly element: string | number
  /** The path of the holder. */
  readonly path: readonly (string | number)[]
}

/** Adds an entry or element at the end of a collection. */
export function insertSlot(tree: Tree, missing: Missing, fragment: Fragment): Plan {
  const { holder, element } = missing
  if (slotsOf(holder).length === 0) return fillEmpty(tree, missing, nest(fragment, element))
  return holder.flow || holder.inFlow
    ? insertInFlow(tree, missing, fragment)
    : insertInBlock(tree, missing, fragment)
}

/** `{}` and `[]` become a block, unless they stand inside other brackets. */
function fillEmpty(tree: Tree, { holder, path }: Missing, whole: Fragment): Plan {
  if (holder.inFlow) return [{ span: holder.span, text: writeFlow(whole.node) }]
  const parent = nodeAt(tree.roots[0], path.slice(0, -1))
  const slot = path.length === 0 ? undefined : slotOf(parent, path.at(-1) ?? 0)
  if (slot === undefined || (parent?.kind !== 'map' && parent?.kind !== 'seq')) {
    return [{ span: holder.span, text: whole.lines.join(tree.source.lineBreak) }]
  }
  return inlineByBlock({ tree, holder: parent, slot }, whole)
}

function insertInFlow(tree: Tree, { holder, element }: Missing, fragment: Fragment): Plan {
  const last = slotsOf(holder).at(-1)
  if (last === undefined) return notACollection
  const value = insideBrackets(fragment)
  const written = typeof element === 'string' ? `${writeKey(holder, element)}: ${value}` : value
  const end = slotEnd(last)
  const rest = tree.source.text.slice(end, holder.span[1])
  const comma = /^\s*,/.exec(rest)?.[0].length
  if (!startsLine(tree, last.start)) {
    return comma === undefined ? [at(end, `, ${written}`)] : [at(end + comma, ` ${written}`)]
  }
  const column = last.start - lineStartAt(tree, last.start)
  const line = tree.source.lineBreak + ' '.repeat(column) + written
  const lineEnd =
    endsLine(tree, end + (comma ?? 0)) || /^[^\r\n]*#/.test(rest) ? lineEndAt(tree, end) : end + (comma ?? 0)
  return comma === undefined ? merge(at(end, ','), at(lineEnd, line)) : [at(lineEnd, line)]
}

/** Beside double-quoted keys a new one is quoted too, so that JSON stays JSON. */
function writeKey(holder: TreeMap | TreeSequence, name: string): string {
  const keys = holder.kind === 'map' ? holder.entries.map((entry) => entry.key) : []
  const quoted = keys.length > 0 && keys.every((key) => key.kind === 'scalar' && key.style === 'double')
  return quoted ? JSON.stringify(name) : formatScalar(name, { inFlow: true })
}

function at(offset: number, text: string): Splice {
  return { span: [offset, offset], text }
}

function merge(first: Splice, second: Splice): Splice[] {
  return first.span[0] === second.span[0]
    ? [{ span: first.span, text: first.text + second.text }]
    : [first, second]
}

function insertInBlock(tree: Tree, { holder, element }: Missing, fragment: Fragment): Plan {
  const last = slotsOf(holder).at(-1)
  if (last === undefined) return notACollection
  const place = placeOf({ tree, holder })
  const written =
    typeof element === 'string'
      ? `${formatKey(element)}:${behindColon(fragment, place)}`
      : `-${behindDash(fragment, place)}`
  const lineEnd = lineEndAt(tree, slotEnd(last))
  return [...keepUnterminated(tree, last), at(lineEnd, place.lineBreak + ' '.repeat(holder.indent) + written)]
}

/**
 * A block scalar at the very end of a text without a final line break has none in its value either. A line behind it
 * would change that, so its header says from now on what was so by accident.
 */
function keepUnterminated(tree: Tree, slot: TreeSlot): Splice[] {
  const last = lastScalar(slot.value)
  const { text } = tree.source
  if (last?.block === undefined || last.span[1] !== text.length) return []
  const [start, end] = last.block.header
  return /[-+]/.test(text.slice(start, end)) ? [] : [at(end, '-')]
}
