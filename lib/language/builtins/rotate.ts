import { type CallContext, type CallParts, errorAt, partsOf } from '../ast/call'
import type { Expression } from '../ast/expression'
import { syntheticNull } from '../ast/synthetic'
import type { Builtin, ShownArgument } from '../eval/builtin'
import { missingExpr } from '../eval/expr'
import { unknownValue } from '../eval/value'
import { inputsPart, providerPart } from './open'
import { callName } from './provider-call'
import { providerName } from './provider-schema'
import { RotateEvaluation, showRotateArgument } from './rotate-evaluation'

/** `fn::rotate::<rotator>: {inputs, state}`, or `fn::rotate: {provider, inputs, state}` (spec §12.5). */
export const rotate: Builtin = {
  name: 'fn::rotate',
  suffixed: true,
  parts: ['provider', 'inputs', 'state'],
  schema: true,
  argSchema: true,
  shape: (call) => {
    const { argument, suffix, report } = call
    if (argument.kind !== 'object') {
      const needed = suffix === undefined ? "'provider', 'inputs' and 'state'" : "'inputs' and 'state'"
      errorAt(argument, `the argument to fn::rotate must be an object containing ${needed}`, report)
      return {}
    }
    const parts = partsOf(argument)
    const provider = suffix ?? providerPart({ argument, parts, report })
    return { provider, inputs: inputsPart({ argument, parts, report }), state: statePart(parts, call) }
  },
  declared: (form) => showRotateArgument(form, { inputs: true, state: true }),
  evaluate: (call, evaluator) => {
    const name = providerName(call)
    if (name === undefined) return unknownValue(call.expr)
    return new RotateEvaluation(call, name, evaluator).evaluate()
  },
  shownArgument: (form): ShownArgument => {
    const { provider = missingExpr(), inputs = missingExpr(), state = missingExpr() } = form.parts
    const long = callName(form) === 'fn::rotate'
    return {
      kind: 'object',
      place: undefined,
      properties: long ? { inputs, provider, state } : { inputs, state },
    }
  },
}

function statePart(parts: ReadonlyMap<string, Expression>, { report }: CallContext): CallParts[string] {
  const state = parts.get('state')
  if (state === undefined) return syntheticNull()
  if (state.kind !== 'object') errorAt(state, 'rotation state must be an object literal', report)
  return state
}
