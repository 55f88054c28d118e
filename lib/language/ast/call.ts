import type { Report } from '../syntax/diagnostic'
import type { CallExpression, Expression, ObjectExpression } from './expression'

/** The named parts of a call, absent where the argument does not have them. */
export type CallParts = CallExpression['parts']

export interface CallContext {
  readonly argument: Expression
  /** The provider name in `fn::open::<name>`, as a string literal at the key; absent in the long form. */
  readonly suffix: Expression | undefined
  readonly report: Report
}

/** How a builtin reads its argument (spec §8). Problems are reported; the call is built all the same. */
export type CallShape = (call: CallContext) => CallParts

/** Finds the shape of a function by the key of its call; `suffixed` ones take a provider name after `::`. */
export interface CallShapes {
  readonly exact: ReadonlyMap<string, CallShape>
  readonly suffixed: ReadonlyMap<string, CallShape>
}

/** Reports an error at an expression (spec §2). */
export function errorAt(expression: Expression, summary: string, report: Report): void {
  const { path, range } = expression.syntax
  report({ severity: 'error', code: 'call', summary, path, ...(range && { range }) })
}

/** The values of an object expression by key, the last of repeated keys. */
export function partsOf(object: ObjectExpression): ReadonlyMap<string, Expression> {
  const parts = new Map<string, Expression>()
  for (const { key, value } of object.entries) {
    if (key !== undefined) parts.set(key.value, value)
  }
  return parts
}

/** The two elements of `fn::join` and `fn::split`. */
export function pairOf(call: CallContext, summary: string): readonly [Expression, Expression] | undefined {
  const { argument } = call
  const [first, second, ...rest] = argument.kind === 'array' ? argument.elements : []
  if (first !== undefined && second !== undefined && rest.length === 0) return [first, second]
  errorAt(argument, summary, call.report)
  return undefined
}
