import { sameExcept } from './compare'
import { indentStep, lineEndAt, slotEnd, slotsOf, startsLine, withHeadComment } from './layout'
import { endOf, lastScalar } from './read-tree'
import {
  type EditFailure,
  type EditResult,
  failure,
  finish,
  isFailure,
  type PathInput,
  readForEdit,
  readPath,
} from './result'
import { checkStep } from './set'
import type { Span, Splice } from './source'
import {
  type BlockScalarLayout,
  nodeAt,
  slotOf,
  type Tree,
  type TreeMap,
  type TreeSequence,
  type TreeSlot,
} from './tree'

/**
 * Removes the entry or element that a path leads to, with the comment lines directly above it and the comment behind it.
 * A collection that loses its last member is written `{}` or `[]`. The last key of the path may be absent: then nothing
 * changes.
 */
export function removeValue(text: string, input: PathInput): EditResult {
  const path = readPath(input)
  const tree = readForEdit(text)
  if (isFailure(path)) return path
  if (isFailure(tree)) return tree
  const found = find(tree, path)
  if (isFailure(found)) return found
  if (found.slot === undefined) return { ok: true, text, splices: [] }
  const splices = planRemoval(tree, { ...found, slot: found.slot })
  return finish(text, splices, (after) => {
    const holder = nodeAt(after.roots[0], path.slice(0, -1))
    const left = holder === undefined ? -1 : slotsOf(holder).length
    return sameExcept(tree.roots[0], after.roots[0], path) && left === slotsOf(found.holder).length - 1
  })
}

interface Found {
  readonly holder: TreeMap | TreeSequence
  readonly slot: TreeSlot | undefined
  readonly parent: TreeSlot | undefined
}

function find(tree: Tree, path: readonly (string | number)[]): Found | EditFailure {
  const last = path.at(-1)
  if (last === undefined) return failure('edit.path', 'a path is needed')
  let holder = tree.roots[0]
  let parent: TreeSlot | undefined
  for (const element of path.slice(0, -1)) {
    const problem = holder === undefined ? missing : checkStep(holder, element)
    if (problem !== undefined) return problem
    parent = slotOf(holder, element)
    holder = parent?.value
  }
  const problem = holder === undefined ? missing : checkStep(holder, last)
  if (problem !== undefined) return problem
  if (holder?.kind !== 'map' && holder?.kind !== 'seq') return missing
  if (typeof last === 'number' && last >= slotsOf(holder).length) {
    return failure('edit.out-of-range', 'array index out of range')
  }
  return { holder, slot: slotOf(holder, last), parent }
}

const missing = failure('edit.not-found', 'there is nothing at this path')

interface Removal extends Found {
  readonly slot: TreeSlot
}

function planRemoval(tree: Tree, removal: Removal): Splice[] {
  const { holder, slot } = removal
  const slots = slotsOf(holder)
  if (slots.length === 1) return emptyOut(tree, removal)
  if (holder.flow || holder.inFlow) return [{ span: flowSpan(slots, slot), text: '' }]
  return [{ span: removableSpan(tree, slot, slots[slots.indexOf(slot) - 1]), text: '' }]
}

/** An entry in brackets goes with the comma that separates it from its neighbour. */
function flowSpan(slots: readonly TreeSlot[], slot: TreeSlot): Span {
  const at = slots.indexOf(slot)
  const next = slots[at + 1]
  if (next !== undefined) return [slot.start, next.start]
  const previous = slots[at - 1]
  return [previous === undefined ? slot.start : slotEnd(previous), slotEnd(slot)]
}

/**
 * The lines of an entry or element of a block. One that stands behind the dash of a list element leaves its place to what
 * follows, comments included.
 */
export function removableSpan(tree: Tree, slot: TreeSlot, previous: TreeSlot | undefined): Span {
  const { text } = tree.source
  const lineEnd = lineEndAt(tree, slotEnd(slot))
  const next = lineEnd + (/^\r?\n/.exec(text.slice(lineEnd, lineEnd + 2))?.[0].length ?? 0)
  if (startsLine(tree, slot.start)) {
    const start = withHeadComment(tree, slot)
    // The last line of a text without a final line break takes the break before it along, unless it ends a value.
    const above = previous === undefined ? undefined : lastScalar(previous.value)?.block
    if (next === lineEnd && start > 0 && above === undefined)
      return [text.slice(0, start).replace(/\r?\n$/, '').length, lineEnd]
    return [start, above !== undefined && keepsBlankLines(tree, above) ? next + blankLines(text, next) : next]
  }
  const follows = text.slice(next).search(/[^\s]/)
  return [slot.start, follows < 0 ? lineEnd : next + follows]
}

/** Blank lines that come to stand behind such a block scalar would become part of its value. */
function keepsBlankLines({ source }: Tree, { header }: BlockScalarLayout): boolean {
  return source.text.slice(...header).includes('+')
}

function blankLines(text: string, from: number): number {
  return /^(?:[ \t]*\r?\n)*/.exec(text.slice(from))?.[0].length ?? 0
}

/** The last member takes its collection along, which is then written as empty brackets. */
function emptyOut(tree: Tree, { holder, slot, parent }: Removal): Splice[] {
  const brackets = holder.kind === 'map' ? '{}' : '[]'
  if (holder.flow) return [{ span: [holder.span[0], holder.span[1]], text: brackets }]
  const end = endOf(holder)
  if (!startsLine(tree, slot.start)) return [{ span: [holder.span[0], end], text: brackets }]
  const start = withHeadComment(tree, slot)
  if (parent === undefined) return [{ span: [start, lineEndAt(tree, end)], text: brackets }]
  if (parent.commentsBeforeValue.length > 0) return emptyBelow(tree, { holder, start, brackets })
  const at = Math.max(parent.valueStart, holder.anchorSpan?.[1] ?? 0, holder.tagSpan?.[1] ?? 0)
  const above = tree.source.text.slice(0, start).replace(/\r?\n$/, '').length
  return [
    { span: [at, at], text: ` ${brackets}` },
    { span: [above, lineEndAt(tree, end)], text: '' },
  ]
}

/** Comments stand between the key and what was below it: the brackets go where it was. */
function emptyBelow(
  tree: Tree,
  { holder, start, brackets }: { holder: TreeMap | TreeSequence; start: number; brackets: string },
): Splice[] {
  const column = holder.kind === 'seq' ? holder.indent + indentStep(tree) : holder.indent
  return [{ span: [start, lineEndAt(tree, endOf(holder))], text: ' '.repeat(column) + brackets }]
}
