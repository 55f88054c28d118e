import { emitReference } from '@/lib/language/edit/reference/emit'
import type { ReferenceDocument } from '@/lib/language/edit/reference/node'
import { getNode } from '@/lib/language/edit/reference/node-edit'
import { parseReference } from '@/lib/language/edit/reference/parse'
import { decodeYaml } from '@/lib/language/syntax/decode'
import type { PropertyPath } from '@/lib/language/syntax/path'

const layout = { indent: 2 }

/**
 * A definition as it is shown: written anew with two blanks per level; comments, order, quotes and brackets stay. A
 * text that cannot be read is shown as it is.
 */
export function displayText(definition: string): string {
  const document = read(definition)
  return document?.root ? emitReference(document, layout) : definition
}

/** The node at a path of the document as it is shown; undefined when there is none. */
export function displayNode(definition: string, path: PropertyPath): string | undefined {
  const root = read(definition)?.root
  const node = root && getNode(root, path)
  return node && emitReference({ root: node, head: '', foot: '' }, layout)
}

function read(definition: string): ReferenceDocument | undefined {
  return decodeYaml(definition, { environment: '' }).root === undefined
    ? undefined
    : parseReference(definition)
}
