import { errorAt, partsOf } from '../ast/call'
import type { Builtin, CallInEvaluation } from '../eval/builtin'
import type { Evaluator } from '../eval/evaluator'
import { type Expr, missingExpr } from '../eval/expr'
import { toJson } from '../eval/to-json'
import { checkType, tryCheck } from '../eval/type-check'
import { containsSecrets, containsUnknowns, type Value } from '../eval/value'
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
    return wrap(call.expr, check(value, accept, evaluator))
  },
  shownArgument: ({ call, parts }) => ({
    kind: 'object',
    place: call.argument.syntax,
    properties: { schema: parts.schema ?? missingExpr(), value: parts.value ?? missingExpr() },
  }),
}

interface Accept {
  readonly schema: Schema
  /** Messages quote schemas; of one that holds a secret they must not. */
  readonly secret: boolean
}

function check(x: Expr, accept: Accept, evaluator: Evaluator): Value {
  if (!accept.secret) return evaluator.evaluateTyped(x, accept.schema).value
  const value = evaluator.evaluate(x, accept.schema)
  const { ok } = tryCheck((report) => checkType(value, accept.schema, report))
  if (!ok) evaluator.error(x, 'the value does not fit the schema, which is secret', 'type')
  return value
}

/** The schema to validate against, unless it is unknown or faulty. */
function evaluateSchema({ part }: CallInEvaluation, evaluator: Evaluator): Accept | undefined {
  const expr = part('schema')
  const { value, ok } = evaluator.evaluateTyped(expr, SCHEMA_OF_SCHEMAS)
  if (!ok || containsUnknowns(value)) return undefined
  const read = readSchema(toJson(value, evaluator.budget))
  const compiled = read.ok ? compileSchema(read.schema) : read
  const secret = containsSecrets(value)
  if (compiled.ok) return { schema: compiled.schema, secret }
  const reason = secret ? 'it holds a secret' : compiled.message
  evaluator.error(expr, `invalid schema: ${reason}`, 'schema')
  return undefined
}
