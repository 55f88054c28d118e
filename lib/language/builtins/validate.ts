import { errorAt, partsOf } from '../ast/call'
import type { Builtin, CallInEvaluation } from '../eval/builtin'
import type { Evaluator } from '../eval/evaluator'
import { missingExpr } from '../eval/expr'
import { toJson } from '../eval/to-json'
import { containsUnknowns } from '../eval/value'
import { record } from '../schema/build'
import { compileSchema } from '../schema/compile'
import { readSchema } from '../schema/read'
import type { Schema } from '../schema/schema'
import { SCHEMA_OF_SCHEMAS } from '../schema/schema-of-schemas'
import { wrap } from './final'

/** `fn::validate: {schema, value}` checks a value without changing it (spec §12.9). */
export const validate: Builtin = {
  name: 'fn::validate',
  parts: ['schema', 'value'],
  schema: true,
  argSchema: record({ schema: SCHEMA_OF_SCHEMAS, value: true }),
  shape: ({ argument, report }) => {
    if (argument.kind !== 'object') {
      errorAt(
        argument,
        "the argument to fn::validate must be an object containing 'schema' and 'value'",
        report,
      )
      return {}
    }
    const parts = partsOf(argument)
    for (const name of ['schema', 'value']) {
      if (!parts.has(name)) errorAt(argument, `missing required property '${name}'`, report)
    }
    return { schema: parts.get('schema'), value: parts.get('value') }
  },
  evaluate: (call, evaluator) => {
    const { result: accept, blocker } = evaluator.watch(() => evaluateSchema(call, evaluator))
    const value = call.part('value')
    // What the schema says may decide what is evaluated at all (rotate-only parts): wait until it is known.
    if (blocker !== undefined) return wrap(call.expr, evaluator.evaluate(missingExpr()))
    if (accept === undefined) return wrap(call.expr, evaluator.evaluate(value))
    return wrap(call.expr, evaluator.evaluateTyped(value, accept).value)
  },
  shownArgument: ({ call, parts }) => ({
    kind: 'object',
    place: call.argument.syntax,
    properties: { schema: parts.schema ?? missingExpr(), value: parts.value ?? missingExpr() },
  }),
}

/** The schema to validate against, unless it is unknown or faulty. */
function evaluateSchema({ part }: CallInEvaluation, evaluator: Evaluator): Schema | undefined {
  const expr = part('schema')
  const { value, ok } = evaluator.evaluateTyped(expr, SCHEMA_OF_SCHEMAS)
  if (!ok || containsUnknowns(value)) return undefined
  const read = readSchema(toJson(value))
  const compiled = read.ok ? compileSchema(read.schema) : read
  if (compiled.ok) return compiled.schema
  evaluator.error(expr, `invalid schema: ${compiled.message}`, 'schema')
  return undefined
}
