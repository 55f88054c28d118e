import { errorAt } from '../ast/call'
import type { Builtin } from '../eval/builtin'
import { missingExpr } from '../eval/expr'
import { combine, unknownValue, Value } from '../eval/value'
import { schema } from '../schema/build'

const ARRAYS = schema.array(schema.array(true))

/** `fn::concat: [[a, b], [c]]` joins arrays (spec §12.6). */
export const concat: Builtin = {
  name: 'fn::concat',
  parts: ['arrays'],
  schema: schema.array(true),
  argSchema: ARRAYS,
  shape: ({ argument, report }) => {
    if (argument.kind !== 'array')
      errorAt(argument, 'the argument to fn::concat must be an array of arrays', report)
    return { arrays: argument }
  },
  evaluate: ({ expr, part }, evaluator) => {
    const arrays = evaluator.evaluateTyped(part('arrays'), ARRAYS)
    if (!arrays.ok) return unknownValue(expr, expr.schema)
    const value = combine(new Value(expr, { schema: expr.schema }), [arrays.value])
    if (value.unknown || !Array.isArray(arrays.value.repr)) return value
    value.repr = arrays.value.repr.flatMap((array) => (Array.isArray(array.repr) ? array.repr : []))
    return value
  },
  shownArgument: ({ parts }) => ({ kind: 'expr', expr: parts.arrays ?? missingExpr() }),
}
