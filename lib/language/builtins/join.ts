import { pairOf } from '../ast/call'
import type { Builtin } from '../eval/builtin'
import { missingExpr } from '../eval/expr'
import { combine, unknownValue, Value } from '../eval/value'
import { schema } from '../schema/build'

const STRING = schema.string()
const STRINGS = schema.array(STRING)

/** `fn::join: [delimiter, values]` (spec §12.6). */
export const join: Builtin = {
  name: 'fn::join',
  parts: ['delimiter', 'values'],
  schema: STRING,
  argSchema: schema.tuple([STRING, STRINGS]),
  shape: (call) => {
    const [delimiter, values] = pairOf(call, 'the argument to fn::join must be a two-valued list') ?? []
    return { delimiter, values }
  },
  evaluate: ({ expr, part }, evaluator) => {
    const delimiter = evaluator.evaluateTyped(part('delimiter'), STRING)
    const values = evaluator.evaluateTyped(part('values'), STRINGS)
    if (!delimiter.ok || !values.ok) return unknownValue(expr, expr.schema)
    const value = combine(new Value(expr, { schema: expr.schema }), [delimiter.value, values.value])
    if (value.unknown || !Array.isArray(values.value.repr)) return value
    const separator = String(delimiter.value.repr)
    const texts = values.value.repr.map((element) => String(element.repr))
    for (const text of texts) evaluator.budget.spendOutput(text.length + separator.length)
    value.repr = texts.join(separator)
    return value
  },
  shownArgument: ({ call, parts }) => ({
    kind: 'list',
    place: call.argument.syntax,
    items: [parts.delimiter ?? missingExpr(), parts.values ?? missingExpr()],
  }),
}
