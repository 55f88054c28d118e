import type { ObjectNode, ScalarNode, SyntaxNode } from '../syntax/node'
import type { Range } from '../syntax/range'

/** An expression of the language (spec §7). */
export type Expression =
  | NullExpression
  | BooleanExpression
  | NumberExpression
  | StringExpression
  | SymbolExpression
  | InterpolationExpression
  | ArrayExpression
  | ObjectExpression
  | CallExpression

export interface NullExpression {
  readonly kind: 'null'
  readonly syntax: SyntaxNode
}

export interface BooleanExpression {
  readonly kind: 'boolean'
  readonly syntax: SyntaxNode
  readonly value: boolean
}

export interface NumberExpression {
  readonly kind: 'number'
  readonly syntax: SyntaxNode
  /** Decimal text. */
  readonly value: string
}

/** A string without accesses; the value has `$$` replaced. */
export interface StringExpression {
  readonly kind: 'string'
  readonly syntax: ScalarNode
  readonly value: string
}

/** `${a.b}` alone. */
export interface SymbolExpression {
  readonly kind: 'symbol'
  readonly syntax: ScalarNode
  readonly access: PropertyAccess
}

/** Text with accesses in it. */
export interface InterpolationExpression {
  readonly kind: 'interpolation'
  readonly syntax: ScalarNode
  readonly parts: readonly InterpolationPart[]
}

export interface InterpolationPart {
  readonly text: string
  readonly access: PropertyAccess | undefined
}

export interface PropertyAccess {
  readonly accessors: readonly Accessor[]
}

/** `name` is written `.name`, `key` is `["key"]`, `index` is `[0]`; a malformed index is a key. */
export type Accessor =
  | {
      readonly kind: 'name'
      readonly name: string
      readonly range: Range | undefined
      readonly extent: Extent
    }
  | {
      readonly kind: 'key'
      readonly name: string
      readonly range: Range | undefined
      readonly extent: Extent
    }
  | {
      readonly kind: 'index'
      readonly index: bigint
      readonly range: Range | undefined
      readonly extent: Extent
    }

/** UTF-8 byte offsets in the decoded value of the scalar. */
export interface Extent {
  readonly from: number
  readonly to: number
}

export interface ArrayExpression {
  readonly kind: 'array'
  readonly syntax: SyntaxNode
  readonly elements: readonly Expression[]
}

export interface ObjectExpression {
  readonly kind: 'object'
  readonly syntax: ObjectNode
  readonly entries: readonly Entry[]
}

export interface Entry {
  /** Absent when the key was not a plain string. */
  readonly key: StringExpression | undefined
  readonly value: Expression
}

/** A call of a builtin function. Parts that the shape of the argument did not give are absent (spec §8). */
export interface CallExpression {
  readonly kind: 'call'
  readonly syntax: ObjectNode
  /** The function without a provider name, e.g. `fn::open`. */
  readonly function: string
  /** The key as written, e.g. `fn::open::aws-login`. */
  readonly name: StringExpression
  readonly argument: Expression
  readonly parts: { readonly [part: string]: Expression | undefined }
}
