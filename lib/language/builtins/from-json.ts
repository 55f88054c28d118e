import type { Builtin } from '../eval/builtin'
import { fromExternal, makeSecret } from '../eval/from-external'
import { combine, unknownValue, Value } from '../eval/value'
import { schema } from '../schema/build'
import { readJson } from '../text/json-read'
import { SINGLE_ARGUMENT } from './argument'

/** `fn::fromJSON` reads the first JSON value of a string (spec §12.7). */
export const fromJson: Builtin = {
  ...SINGLE_ARGUMENT,
  name: 'fn::fromJSON',
  schema: true,
  argSchema: true,
  evaluate: ({ expr, part }, evaluator) => {
    const argument = evaluator.evaluateTyped(part('value'), schema.string())
    if (!argument.ok) return unknownValue(expr)
    const value = combine(new Value(expr, { schema: true }), [argument.value])
    if (value.unknown) return value
    const parsed = readJson(String(argument.value.repr))
    if (!parsed.ok) {
      evaluator.error(expr, `decoding JSON string: ${parsed.reason}`, 'builtin')
      value.unknown = true
      return value
    }
    const result = fromExternal(parsed.value, { def: expr, budget: evaluator.budget })
    return value.secret ? makeSecret(result) : result
  },
}
