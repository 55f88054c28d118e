import { escapeText, unescapeText } from '../edit/escape'
import { readTree } from '../edit/read-tree'
import { removeValue } from '../edit/remove'
import { renameKey } from '../edit/rename'
import { type EditResult, failure, isFailure, readPath } from '../edit/result'
import { setData, setValue } from '../edit/set'
import { nodeAt, topLevel } from '../edit/tree'
import { wrapSecret } from '../edit/wrap'
import type { PropertyPath } from '../syntax/path'
import { resolveScalar } from '../syntax/scalar-kind'
import type { RowKind, TableRow } from './read-table'

/** Replaces what a row holds; its kind, quotes and comments stay. A new text for a sealed secret takes its place. */
export function setRowText(document: string, row: Pick<TableRow, 'path' | 'kind'>, text: string): EditResult {
  switch (row.kind) {
    case 'secret':
    case 'sealed':
      return setData(document, [...row.path, 'fn::secret'], text)
    case 'text':
    case 'null':
    case 'empty':
      return setData(document, row.path, text)
    case 'number':
    case 'boolean':
      return setPlain(document, row.path, { kind: row.kind, text })
    case 'call':
      return failure('edit.unsupported', 'edit this value in the document')
  }
}

/** Numbers and booleans are written without quotes: the text must be one. */
function setPlain(document: string, path: PropertyPath, value: { kind: 'number' | 'boolean'; text: string }) {
  const text = value.text.trim()
  const { kind } = resolveScalar(text, { timestamps: false })
  const isNumber = kind === 'int' || kind === 'float'
  const fits = value.kind === 'boolean' ? kind === 'boolean' : isNumber && /^[-+\d.]/.test(text)
  return fits ? setValue(document, path, text) : failure('edit.value', `this is no ${value.kind}`)
}

/** Changes what kind of scalar a row holds; text that is no number or boolean cannot become one. */
export function setRowKind(
  document: string,
  row: TableRow,
  kind: 'text' | 'number' | 'boolean' | 'null',
): EditResult {
  if (kind === 'null') return setValue(document, row.path, 'null')
  if (kind === 'text') return setData(document, row.path, row.text)
  const initial = kind === 'boolean' ? 'false' : '0'
  return setPlain(document, row.path, { kind, text: row.text === '' ? initial : row.text })
}

/**
 * Makes a value a secret, or a secret that is not sealed a plain value again. A sealed one must be decrypted first:
 * that takes the right to open.
 */
export function toggleSecret(document: string, row: Pick<TableRow, 'path' | 'kind' | 'text'>): EditResult {
  if (row.kind === 'secret') return setData(document, row.path, escapeText(row.text))
  const node = nodeAt(readTree(document).roots[0], row.path)
  return node === undefined
    ? failure('edit.not-found', 'there is no such value')
    : wrapSecret(document, node.span)
}

export interface NewRow {
  /** Within the section. */
  readonly path: string
  readonly text: string
  readonly secret: boolean
}

const sectionPaths: Record<'values' | 'environmentVariables' | 'files', PropertyPath> = {
  values: [],
  environmentVariables: ['environmentVariables'],
  files: ['files'],
}

/** Adds a value that is not there yet. */
export function addRow(document: string, section: keyof typeof sectionPaths, row: NewRow): EditResult {
  const steps = readPath(row.path)
  if (isFailure(steps)) return steps
  if (steps.length === 0) return failure('edit.path', 'a path is needed')
  const tree = readTree(document)
  const path = [topLevel(tree, 'values')?.name ?? 'values', ...sectionPaths[section], ...steps]
  if (nodeAt(tree.roots[0], path) !== undefined) {
    return failure('edit.duplicate', 'there is already a value at this path')
  }
  const isNamed = steps.every((step) => typeof step !== 'string' || !step.startsWith('fn::'))
  if (!isNamed) return failure('edit.name', "'fn::' is a reserved prefix")
  return setData(document, row.secret ? [...path, 'fn::secret'] : path, row.text)
}

export function removeRow(document: string, row: Pick<TableRow, 'path'>): EditResult {
  return removeValue(document, row.path)
}

/** Renames the last key of the path, with every reference to it. */
export function renameRow(document: string, row: Pick<TableRow, 'path'>, name: string): EditResult {
  return renameKey(document, row.path, name)
}

/** Whether a value may become a secret: text with references in it may not. */
export function mayBeSecret({ kind, text }: { kind: RowKind; text: string }): boolean {
  // What reads like a reference once it is unescaped would become one in the secret.
  const plain = kind === 'text' ? unescapeText(text) : undefined
  if (kind === 'text') return plain !== undefined && !/\$[${]/.test(plain)
  return kind === 'number' || kind === 'boolean'
}
