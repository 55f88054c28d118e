import { type CallParts, errorAt, partsOf } from '../ast/call'
import type { Expression } from '../ast/expression'
import { syntheticString } from '../ast/synthetic'
import type { Builtin, CallInEvaluation } from '../eval/builtin'
import { failureCode } from '../eval/effects'
import type { Evaluator } from '../eval/evaluator'
import { missingExpr } from '../eval/expr'
import { Value } from '../eval/value'
import { schema } from '../schema/build'
import { decodeEnvelope } from '../text/envelope'

/** `fn::secret: plaintext`, or `fn::secret: {ciphertext: …}` once it is sealed (spec §12.3). */
export const secret: Builtin = {
  name: 'fn::secret',
  parts: ['plaintext', 'ciphertext'],
  schema: schema.string(),
  argSchema: true,
  shape: ({ argument, report }) => {
    const parts = readSecret(argument)
    if (parts !== undefined) return parts
    errorAt(argument, 'secret values must be string literals', report)
    return { plaintext: syntheticString('') }
  },
  declared: ({ parts: { plaintext } }) => {
    if (plaintext !== undefined) plaintext.secret = true
  },
  evaluate: (call, evaluator) => {
    const plaintext = call.part('plaintext')
    if (plaintext.form.kind === 'missing') return evaluateCiphertext(call, evaluator)
    const value = evaluator.evaluate(plaintext)
    value.secret = true
    return value
  },
  shownArgument: ({ call, parts }) => {
    const { plaintext = missingExpr(), ciphertext = missingExpr() } = parts
    if (plaintext.form.kind !== 'missing') return { kind: 'expr', expr: plaintext }
    return { kind: 'object', place: call.argument.syntax, properties: { ciphertext } }
  },
}

function readSecret(argument: Expression): CallParts | undefined {
  if (argument.kind === 'string') return { plaintext: argument }
  if (argument.kind !== 'object' || argument.entries.length !== 1) return undefined
  const ciphertext = partsOf(argument).get('ciphertext')
  return ciphertext?.kind === 'string' ? { ciphertext } : undefined
}

function evaluateCiphertext({ expr, form, part }: CallInEvaluation, evaluator: Evaluator): Value {
  const value = new Value(expr, { unknown: true, secret: true, schema: expr.schema })
  const literal = part('ciphertext').form
  const envelope = decodeEnvelope(literal.kind === 'literal' ? String(literal.value) : '')
  if (!envelope.ok) {
    evaluator.error(expr, `invalid ciphertext: ${envelope.reason}`, 'ciphertext')
    return value
  }
  if (evaluator.run.mode === 'check' && !evaluator.run.showSecrets) return value
  const { scope, run } = evaluator
  const outcome = run.decryptions.request(form.call, (signal) => scope.decrypt(envelope.ciphertext, signal))
  if (outcome.state === 'pending') {
    evaluator.waitFor(outcome)
  } else if (outcome.state === 'failed') {
    const { failure } = outcome
    evaluator.error(expr, `decrypting: ${failure.message}`, failureCode(failure, 'decrypt'))
  } else {
    value.unknown = false
    value.repr = outcome.result
  }
  return value
}
