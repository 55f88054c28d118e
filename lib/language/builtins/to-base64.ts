import type { Builtin } from '../eval/builtin'
import { combine, unknownValue, Value } from '../eval/value'
import { schema } from '../schema/build'
import { encodeBase64 } from '../text/base64'
import { toBytes } from '../text/utf8'
import { SINGLE_ARGUMENT } from './argument'

const STRING = schema.string()

/** `fn::toBase64` encodes the UTF-8 bytes of a string (spec §12.6). */
export const toBase64: Builtin = {
  ...SINGLE_ARGUMENT,
  name: 'fn::toBase64',
  schema: STRING,
  argSchema: STRING,
  evaluate: ({ expr, part }, evaluator) => {
    const argument = evaluator.evaluateTyped(part('value'), STRING)
    if (!argument.ok) return unknownValue(expr, expr.schema)
    const value = combine(new Value(expr, { schema: expr.schema }), [argument.value])
    if (value.unknown) return value
    const text = encodeBase64(toBytes(String(argument.value.repr)))
    evaluator.budget.spendOutput(text.length)
    value.repr = text
    return value
  },
}
