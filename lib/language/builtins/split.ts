import { pairOf } from '../ast/call'
import type { Builtin } from '../eval/builtin'
import { missingExpr } from '../eval/expr'
import { combine, unknownValue, Value } from '../eval/value'
import { schema } from '../schema/build'

const STRING = schema.string()

/**
 * `fn::split: [delimiter, string]` (spec §12.6). The list of a secret is secret while its elements do not show as secrets;
 * unlike the reference, an element that is taken out of the list is one, so that no part of a secret gets away.
 */
export const split: Builtin = {
  name: 'fn::split',
  parts: ['delimiter', 'string'],
  schema: schema.array(STRING),
  argSchema: schema.tuple([STRING, STRING]),
  shape: (call) => {
    const [delimiter, string] = pairOf(call, 'the argument to fn::split must be a two-valued list') ?? []
    return { delimiter, string }
  },
  evaluate: ({ expr, part }, evaluator) => {
    const delimiter = evaluator.evaluateTyped(part('delimiter'), STRING)
    const string = evaluator.evaluateTyped(part('string'), STRING)
    if (!delimiter.ok || !string.ok) return unknownValue(expr, expr.schema)
    const value = combine(new Value(expr, { schema: expr.schema }), [delimiter.value, string.value])
    if (value.unknown) return value
    value.repr = splitText(String(string.value.repr), String(delimiter.value.repr)).map((text) => {
      evaluator.budget.spendValue()
      const element = new Value(expr, { repr: text, schema: STRING })
      element.tainted = value.secret
      return element
    })
    return value
  },
  shownArgument: ({ call, parts }) => ({
    kind: 'list',
    place: call.argument.syntax,
    items: [parts.delimiter ?? missingExpr(), parts.string ?? missingExpr()],
  }),
}

/** An empty delimiter splits into code points. */
function splitText(text: string, delimiter: string): string[] {
  return delimiter === '' ? [...text] : text.split(delimiter)
}
