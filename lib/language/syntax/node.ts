import type { Range } from './range'

/** A decoded YAML node (spec §3). Immutable. */
export type SyntaxNode = ScalarNode | ArrayNode | ObjectNode

export type ScalarNode = NullNode | BooleanNode | NumberNode | StringNode

interface Placed {
  /** The range with the reference's peculiarities (spec §4); absent for synthetic nodes. */
  readonly range: Range | undefined
  /** The exact extent in the source text, in UTF-16 units: quotes and closing brackets included. */
  readonly span: Span | undefined
  /** Document path (spec §5). */
  readonly path: string
}

export interface Span {
  readonly start: number
  readonly end: number
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

interface Scalar extends Placed {
  readonly style: ScalarStyle
  readonly tagged: boolean
  /** The text of the scalar after YAML's own unescaping. */
  readonly text: string
}

export interface NullNode extends Scalar {
  readonly kind: 'null'
}

export interface BooleanNode extends Scalar {
  readonly kind: 'boolean'
  readonly value: boolean
}

export interface NumberNode extends Scalar {
  readonly kind: 'number'
  /** Decimal text (spec §3). */
  readonly value: string
}

export interface StringNode extends Scalar {
  readonly kind: 'string'
  readonly value: string
}

export interface ArrayNode extends Placed {
  readonly kind: 'array'
  readonly flow: boolean
  readonly elements: readonly SyntaxNode[]
}

export interface ObjectNode extends Placed {
  readonly kind: 'object'
  readonly flow: boolean
  readonly entries: readonly ObjectEntry[]
}

export interface ObjectEntry {
  /** A string node in every definition that decodes without errors. */
  readonly key: SyntaxNode
  /** The raw text of the key; empty for a collection. */
  readonly name: string
  readonly value: SyntaxNode
}
