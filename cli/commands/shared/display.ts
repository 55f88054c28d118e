import { Document, isCollection, isNode, type Node, parseDocument, type ToStringOptions } from 'yaml'
import type { PropertyPath } from '@/lib/language/syntax/path'

/** Two blanks per level, nothing folded; comments, order, quotes and brackets stay. */
const layout: ToStringOptions = { indent: 2, lineWidth: 0, flowCollectionPadding: false, minContentWidth: 0 }

/** A definition as it is shown. A text that cannot be read is shown as it is. */
export function displayText(definition: string): string {
  const document = read(definition)
  return document ? document.toString(layout) : definition
}

/** The node at a path of the document as it is shown; undefined when there is none. */
export function displayNode(definition: string, path: PropertyPath): string | undefined {
  let node: unknown = read(definition)?.contents
  for (const step of path) node = isCollection(node) ? node.get(step, true) : undefined
  return isNode(node) ? emit(node) : undefined
}

function emit(node: Node): string {
  const shown = new Document(node.clone(), parsing)
  return shown.toString(layout)
}

const parsing = {
  version: '1.2',
  schema: 'failsafe',
  merge: false,
  uniqueKeys: false,
  strict: false,
  keepSourceTokens: false,
  logLevel: 'silent',
} as const

function read(definition: string): Document | undefined {
  const document = parseDocument(definition, parsing)
  return document.errors.length === 0 && document.contents !== null ? document : undefined
}
