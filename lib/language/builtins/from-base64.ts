import type { Builtin } from '../eval/builtin'
import { combine, unknownValue, Value } from '../eval/value'
import { schema } from '../schema/build'
import { decodeBase64 } from '../text/base64'
import { fromBytes } from '../text/utf8'
import { SINGLE_ARGUMENT } from './argument'

const STRING = schema.string()

/** `fn::fromBase64`; bytes that are not UTF-8 survive inside the string (spec §12.6). */
export const fromBase64: Builtin = {
  ...SINGLE_ARGUMENT,
  name: 'fn::fromBase64',
  schema: STRING,
  argSchema: STRING,
  evaluate: ({ expr, part }, evaluator) => {
    const argument = evaluator.evaluateTyped(part('value'), STRING)
    if (!argument.ok) return unknownValue(expr, expr.schema)
    const value = combine(new Value(expr, { schema: expr.schema }), [argument.value])
    if (value.unknown) return value
    const decoded = decodeBase64(String(argument.value.repr))
    if (decoded.ok) {
      evaluator.budget.spendOutput(decoded.bytes.length)
      value.repr = fromBytes(decoded.bytes)
      return value
    }
    const reason = `illegal base64 data at input byte ${decoded.offset}`
    evaluator.error(expr, `decoding base64 string: ${reason}`, 'builtin')
    value.unknown = true
    return value
  },
}
