import type { Json } from '../text/json'
import { sameExcept, sameMeaning } from './compare'
import { formatData } from './data'
import { type Fragment, nest, readFragment } from './fragment'
import { insertSlot } from './insert'
import { indentStep } from './layout'
import { lastScalar } from './read-tree'
import { replaceValue } from './replace'
import {
  type EditFailure,
  type EditResult,
  failure,
  finish,
  isFailure,
  notACollection,
  type PathInput,
  type Plan,
  readForEdit,
  readPath,
} from './result'
import type { Splice } from './source'
import {
  nodeAt,
  scalarKind,
  slotOf,
  type Tree,
  type TreeMap,
  type TreeNode,
  type TreeSequence,
  type TreeSlot,
} from './tree'

/**
 * Sets what a path leads to, given as YAML text. What is missing on the way is made; an index equal to the length of its
 * list appends. Comments, anchors and everything beside the value stay as they are.
 */
export function setValue(text: string, path: PathInput, valueText: string): EditResult {
  const fragment = readFragment(valueText)
  return isFailure(fragment) ? fragment : setFragment(text, path, fragment)
}

/** Like {@link setValue} with JSON data. A string put in the place of a string keeps the style of its quotes. */
export function setData(text: string, path: PathInput, data: Json): EditResult {
  const steps = readPath(path)
  const tree = readForEdit(text)
  if (isFailure(steps)) return steps
  if (isFailure(tree)) return tree
  const old = nodeAt(tree.roots[0], steps)
  const style = old?.kind === 'scalar' ? old.style : undefined
  return setValue(text, steps, formatData(data, { style, step: indentStep(tree) }))
}

/** Appends to the list that a path leads to; a missing list is made. */
export function appendItem(text: string, path: PathInput, valueText: string): EditResult {
  const steps = readPath(path)
  const tree = readForEdit(text)
  if (isFailure(steps)) return steps
  if (isFailure(tree)) return tree
  const list = nodeAt(tree.roots[0], steps)
  return setValue(text, [...steps, list?.kind === 'seq' ? list.items.length : 0], valueText)
}

function setFragment(text: string, input: PathInput, fragment: Fragment): EditResult {
  const path = readPath(input)
  const tree = readForEdit(text)
  if (isFailure(path)) return path
  if (isFailure(tree)) return tree
  if (path.length === 0) return failure('edit.path', 'a path is needed')
  const splices = planSet(tree, path, fragment)
  if (isFailure(splices)) return splices
  return finish(text, [...splices, ...terminate(tree, splices, fragment)], (after) => {
    return (
      sameExcept(tree.roots[0], after.roots[0], path) &&
      sameMeaning(nodeAt(after.roots[0], path), fragment.node)
    )
  })
}

/** A block scalar that comes to stand at the end of a text without a final line break needs one. */
function terminate({ source }: Tree, splices: readonly Splice[], { node }: Fragment): Splice[] {
  const { text, lineBreak } = source
  const open = !text.endsWith('\n') && splices.some(({ span }) => span[1] === text.length)
  return open && lastScalar(node)?.block !== undefined
    ? [{ span: [text.length, text.length], text: lineBreak }]
    : []
}

function planSet(tree: Tree, path: readonly (string | number)[], fragment: Fragment): Plan {
  let node = tree.roots[0]
  let slot: TreeSlot | undefined
  let holder: TreeMap | TreeSequence | undefined
  for (const [depth, element] of path.entries()) {
    const rest = () => path.slice(depth + 1).reduceRight<Fragment>(nest, fragment)
    if (node === undefined || (node.kind === 'scalar' && scalarKind(node) === 'null')) {
      const whole = nest(rest(), element)
      return slot === undefined || holder === undefined
        ? appendRoot(tree, whole)
        : replaceValue({ tree, holder, slot }, whole)
    }
    const problem = checkStep(node, element)
    if (problem !== undefined) return problem
    if (node.kind !== 'map' && node.kind !== 'seq') return notACollection
    holder = node
    slot = slotOf(node, element)
    if (slot === undefined) return insertSlot(tree, { holder, element, path: path.slice(0, depth) }, rest())
    node = slot.value
  }
  return slot === undefined || holder === undefined
    ? notACollection
    : replaceValue({ tree, holder, slot }, fragment)
}

/** Messages as in language.md §19. */
export function checkStep(node: TreeNode, element: string | number): EditFailure | undefined {
  if (node.kind === 'seq') {
    if (typeof element !== 'number') return failure('edit.path', 'key for an array must be an int')
    const valid = element >= 0 && element <= node.items.length
    return valid ? undefined : failure('edit.out-of-range', 'array index out of range')
  }
  if (node.kind !== 'map') return notACollection
  return typeof element === 'string' ? undefined : failure('edit.path', 'key for a map must be a string')
}

/** A text without any node gets one below its comments. */
function appendRoot({ source }: Tree, fragment: Fragment): Plan {
  const { text, lineBreak } = source
  const end = text.length
  const lead = text === '' || text.endsWith('\n') || text === '\ufeff' ? '' : lineBreak
  return [{ span: [end, end], text: lead + fragment.lines.join(lineBreak) + lineBreak }]
}
