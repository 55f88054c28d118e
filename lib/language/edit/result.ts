import { type PropertyPath, parsePropertyPath } from '../syntax/path'
import { readTree } from './read-tree'
import { applySplices, type Splice } from './source'
import type { Tree } from './tree'

/** Why an edit was not made. Codes are stable; messages never hold a value of the document. */
export type EditCode =
  | 'edit.unreadable'
  | 'edit.path'
  | 'edit.value'
  | 'edit.not-found'
  | 'edit.not-a-collection'
  | 'edit.out-of-range'
  | 'edit.name'
  | 'edit.duplicate'
  | 'edit.not-literal'
  | 'edit.unsupported'

export interface EditFailure {
  readonly ok: false
  readonly code: EditCode
  readonly message: string
}

export interface EditDone {
  readonly ok: true
  /** The new text. */
  readonly text: string
  /** The same as replacements in the old text; they do not overlap. */
  readonly splices: readonly Splice[]
}

export type EditResult = EditDone | EditFailure

export function failure(code: EditCode, message: string): EditFailure {
  return { ok: false, code, message }
}

export const cannotPlace = failure('edit.unsupported', 'the layout of this place cannot be edited safely')

export const notACollection = failure('edit.not-a-collection', 'expected an array or an object')

/** The splices that make an edit. */
export type Plan = readonly Splice[] | EditFailure

/** A property path as text (language.md §5) or taken apart. */
export type PathInput = string | PropertyPath

export function readPath(path: PathInput): PropertyPath | EditFailure {
  if (typeof path !== 'string') return path
  const parsed = parsePropertyPath(path)
  return parsed.ok ? parsed.path : failure('edit.path', parsed.message)
}

export function isFailure(value: object): value is EditFailure {
  return 'ok' in value && value.ok === false
}

/** Reads a text for editing, or says why it cannot be edited. */
export function readForEdit(text: string): Tree | EditFailure {
  const tree = readTree(text)
  if (tree.diagnostics.length === 0) return tree
  return failure('edit.unreadable', 'the text has YAML errors: correct them first')
}

/**
 * Makes an edit that was planned as splices, unless the outcome is not what was meant: `accept` is shown the tree of the
 * new text. So an edit either does exactly its work or nothing.
 */
export function finish(
  text: string,
  splices: readonly Splice[],
  accept: (after: Tree) => boolean,
): EditResult {
  const edited = applySplices(text, splices)
  const after = readTree(edited)
  return after.diagnostics.length === 0 && accept(after) ? { ok: true, text: edited, splices } : cannotPlace
}
