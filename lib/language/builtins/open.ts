import { type CallContext, type CallParts, errorAt, partsOf } from '../ast/call'
import type { Builtin, CallInEvaluation, ShownArgument } from '../eval/builtin'
import type { Evaluator } from '../eval/evaluator'
import { type CallForm, missingExpr } from '../eval/expr'
import { unknownValue, type Value } from '../eval/value'
import { record, schema } from '../schema/build'
import type { Schema } from '../schema/schema'
import { goQuote } from '../text/go-quote'
import {
  callEffect,
  callName,
  inputsOf,
  openedValue,
  ProviderCallLog,
  providerContext,
} from './provider-call'
import { compileFor, providerName } from './provider-schema'

/** `fn::open::<provider>: inputs`, or `fn::open: {provider, inputs}` (spec §12.4). */
export const open: Builtin = {
  name: 'fn::open',
  suffixed: true,
  parts: ['provider', 'inputs'],
  schema: true,
  argSchema: true,
  shape: (call) =>
    call.suffix === undefined ? longForm(call) : { provider: call.suffix, inputs: call.argument },
  declared: (form) => showArgument(form, true),
  evaluate: (call, evaluator) => {
    const name = providerName(call)
    if (name === undefined) return unknownValue(call.expr)
    return new OpenEvaluation(call, name, evaluator).evaluate()
  },
  shownArgument: (form): ShownArgument => {
    const { provider = missingExpr(), inputs = missingExpr() } = form.parts
    if (callName(form) !== 'fn::open') return { kind: 'expr', expr: inputs }
    return { kind: 'object', place: undefined, properties: { inputs, provider } }
  },
}

function longForm({ argument, report }: CallContext): CallParts {
  if (argument.kind !== 'object') {
    errorAt(argument, "the argument to fn::open must be an object containing 'provider' and 'inputs'", report)
    return {}
  }
  const parts = partsOf(argument)
  return {
    provider: providerPart({ argument, parts, report }),
    inputs: inputsPart({ argument, parts, report }),
  }
}

type LongForm = Pick<CallContext, 'argument' | 'report'> & { readonly parts: ReturnType<typeof partsOf> }

/** The provider name of a long form, which must be written out. */
export function providerPart({ argument, parts, report }: LongForm): CallParts[string] {
  const provider = parts.get('provider')
  if (provider?.kind === 'string') return provider
  if (provider === undefined) errorAt(argument, "missing provider name ('provider')", report)
  else errorAt(provider, 'provider name must be a string literal', report)
  return undefined
}

export function inputsPart({ argument, parts, report }: LongForm): CallParts[string] {
  const inputs = parts.get('inputs')
  if (inputs === undefined) errorAt(argument, "missing provider inputs ('inputs')", report)
  return inputs
}

function showArgument(form: CallForm, inputs: Schema): void {
  form.argument.schema =
    callName(form) === 'fn::open' ? record({ inputs, provider: schema.string() }) : inputs
}

class OpenEvaluation {
  private readonly log: ProviderCallLog

  constructor(
    private readonly call: CallInEvaluation,
    private readonly name: string,
    private readonly evaluator: Evaluator,
  ) {
    this.log = new ProviderCallLog(call, evaluator, { kind: 'open', provider: name })
  }

  evaluate(): Value {
    const { call, evaluator, name } = this
    const provider = evaluator.run.provider(name)
    if (provider === undefined) evaluator.error(call.expr, `unknown provider ${goQuote(name)}`, 'provider')
    const declared = provider?.schema()
    const accept = compileFor(call, declared?.inputs, { role: 'input schema', evaluator })
    call.expr.schema = compileFor(call, declared?.outputs, { role: 'schema', evaluator })
    showArgument(call.form, accept)
    const { result: inputs, blocker } = evaluator.watch(() =>
      evaluator.evaluateTyped(call.part('inputs'), accept),
    )
    const unknown = unknownValue(call.expr, call.expr.schema)
    if (provider === undefined || !inputs.ok || evaluator.run.mode === 'check') return this.log.skip(unknown)
    const sent = inputsOf(call, inputs.value, evaluator)
    if (sent === undefined) return this.log.skip(unknown)
    const outcome = callEffect(evaluator, {
      table: evaluator.run.opens,
      key: call.form.call,
      blocker,
      start: (signal) => provider.open(sent.json, providerContext(evaluator, { inputs: sent, signal })),
    })
    if (outcome.state === 'done') return openedValue(call, outcome.result, { evaluator, log: this.log })
    if (outcome.state === 'failed') this.log.fail(outcome.failure)
    return unknown
  }
}
