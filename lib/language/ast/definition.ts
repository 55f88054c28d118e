import type { Diagnostic } from '../syntax/diagnostic'
import type { SyntaxNode } from '../syntax/node'
import type { Entry, StringExpression } from './expression'

/** A parsed definition. Immutable: it can be cached by revision and shared by evaluations. */
export interface Definition {
  /** The name under which it was parsed: the file name of all its ranges. */
  readonly environment: string
  readonly text: string
  /** What decoding and parsing found. */
  readonly diagnostics: readonly Diagnostic[]
  /** The root node; absent when decoding failed or the document is empty. */
  readonly syntax: SyntaxNode | undefined
  /** Empty when it was not a string literal. */
  readonly description: StringExpression | undefined
  readonly imports: ImportList | undefined
  readonly values: ValueList | undefined
}

export interface ImportList {
  readonly syntax: SyntaxNode
  /** Absent when `imports` was not a list. */
  readonly elements: readonly ImportElement[] | undefined
}

export interface ImportElement {
  readonly syntax: SyntaxNode
  /** Absent when the element was malformed. */
  readonly name: StringExpression | undefined
  readonly options: ImportOptions | undefined
}

export interface ImportOptions {
  readonly merge: { readonly syntax: SyntaxNode; readonly value: boolean } | undefined
}

export interface ValueList {
  readonly syntax: SyntaxNode
  /** Absent when `values` was not a mapping. */
  readonly entries: readonly Entry[] | undefined
}
