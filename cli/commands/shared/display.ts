import { readTree } from '@/lib/language/edit/read-tree'
import { slotOf, type TreeNode, type TreeSlot } from '@/lib/language/edit/tree'
import type { PropertyPath } from '@/lib/language/syntax/path'

/** The text of a definition as it is shown: what the person wrote, with a final line break. */
export function displayText(definition: string): string {
  return definition === '' || definition.endsWith('\n') ? definition : `${definition}\n`
}

/**
 * The text of the node at a path of the document, moved to the left margin; undefined when there is none. Layout and
 * comments inside the node are those of the document.
 */
export function displayNode(definition: string, path: PropertyPath): string | undefined {
  let node: TreeNode | undefined = readTree(definition).roots[0]
  let slot: TreeSlot | undefined
  for (const step of path) {
    slot = slotOf(node, step)
    node = slot?.value
  }
  if (!node) return undefined
  const start = leadingStart(definition, node, slot)
  return `${outdent(definition.slice(start, node.span[1]), columnOf(definition, start))}\n`
}

/** Where the node begins: at its tag, and at comments that stand on lines of their own above it. */
function leadingStart(text: string, node: TreeNode, slot: TreeSlot | undefined): number {
  const own = Math.min(node.span[0], node.tagSpan?.[0] ?? node.span[0], node.anchorSpan?.[0] ?? node.span[0])
  if (node.kind === 'scalar') return own
  const above = slot?.commentsBeforeValue.find(([start]) =>
    /\n[ \t]*$/.test(text.slice(slot.valueStart, start)),
  )
  return Math.min(own, above?.[0] ?? own)
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** Removes up to `column` leading blanks from every line but the first. */
function outdent(text: string, column: number): string {
  const [first = '', ...rest] = text.split('\n')
  const margin = Math.min(
    column,
    ...rest.filter((line) => line.trim() !== '').map((line) => line.search(/[^ ]/)),
  )
  // the lines of a block scalar stand deeper than the header, wherever that is
  const block = /^[|>]/.test(first) && rest.length > 0
  const deeper = block
    ? Math.min(...rest.filter((line) => line.trim() !== '').map((line) => line.search(/[^ ]/))) - 2
    : margin
  return [first, ...rest.map((line) => line.slice(Math.min(deeper, line.search(/[^ ]|$/))))].join('\n')
}
