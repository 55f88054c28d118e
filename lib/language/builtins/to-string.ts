import type { Builtin } from '../eval/builtin'
import { toText as textOf } from '../eval/to-text'
import { Value } from '../eval/value'
import { schema } from '../schema/build'
import { SINGLE_ARGUMENT } from './argument'

/** `fn::toString` (spec §12.1, §12.8). */
export const toText: Builtin = {
  ...SINGLE_ARGUMENT,
  name: 'fn::toString',
  schema: schema.string(),
  argSchema: true,
  evaluate: ({ expr, part }, evaluator) => {
    const { text, unknown, secret } = textOf(evaluator.evaluate(part('value')), evaluator.budget)
    return new Value(expr, { repr: unknown ? null : text, unknown, secret, schema: expr.schema })
  },
}
