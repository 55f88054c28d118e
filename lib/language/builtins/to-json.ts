import type { Builtin } from '../eval/builtin'
import { toJson as jsonOf } from '../eval/to-json'
import { combine, Value } from '../eval/value'
import { schema } from '../schema/build'
import { compactJson } from '../text/json-write'
import { SINGLE_ARGUMENT } from './argument'

/** `fn::toJSON` writes a value as compact JSON, inherited keys included (spec §12.8). */
export const toJson: Builtin = {
  ...SINGLE_ARGUMENT,
  name: 'fn::toJSON',
  schema: schema.string(),
  argSchema: true,
  evaluate: ({ expr, part }, evaluator) => {
    const argument = evaluator.evaluate(part('value'))
    const value = combine(new Value(expr, { schema: expr.schema }), [argument])
    if (value.unknown) return value
    const text = compactJson(jsonOf(argument, evaluator.budget))
    evaluator.budget.spendOutput(text.length)
    value.repr = text
    return value
  },
}
