import type { Builtin } from '../eval/builtin'
import type { Expr } from '../eval/expr'
import { combine, Value } from '../eval/value'
import { SINGLE_ARGUMENT } from './argument'

/** `fn::final` forbids importing environments to override a value (spec §12.9). */
export const final: Builtin = {
  ...SINGLE_ARGUMENT,
  name: 'fn::final',
  schema: true,
  argSchema: true,
  evaluate: ({ expr, part }, evaluator) => {
    const value = wrap(expr, evaluator.evaluate(part('value')))
    value.final = true
    return value
  },
}

/** The same content under another definition; what it inherits from a base is left behind (spec §12.9). */
export function wrap(expr: Expr, content: Value): Value {
  return combine(new Value(expr, { repr: content.repr, schema: content.schema }), [content])
}
