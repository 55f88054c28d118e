import type { CallInEvaluation } from '../eval/builtin'
import type { EffectFailure, PendingEffect } from '../eval/effects'
import type { Rotation } from '../eval/evaluation'
import type { Evaluator } from '../eval/evaluator'
import { exportExternal } from '../eval/export-external'
import type { CallForm } from '../eval/expr'
import { Annotated, type ExternalValue, secret } from '../eval/external'
import { externalToJson } from '../eval/external-json'
import type { Rotator, RotatorContext } from '../eval/providers'
import { toAnnotated } from '../eval/to-json'
import { containsObservableUnknowns, containsUnknowns, unknownValue, type Value } from '../eval/value'
import { record, schema } from '../schema/build'
import type { Schema } from '../schema/schema'
import { joinKey } from '../syntax/path'
import { goQuote } from '../text/go-quote'
import { isJsonObject } from '../text/json'
import {
  callEffect,
  callName,
  type Inputs,
  openedValue,
  ProviderCallLog,
  providerContext,
  readInputs,
} from './provider-call'
import { compileFor } from './provider-schema'

/** How the argument of a rotation shows: `state` may also be null. */
export function showRotateArgument(
  form: CallForm,
  accept: { readonly inputs: Schema; readonly state: Schema },
): void {
  const long = callName(form) === 'fn::rotate'
  form.argument.schema = record(long ? { ...accept, provider: schema.string() } : accept)
}

interface Parts {
  readonly inputs: Value
  readonly state: Value
}

interface Evaluated {
  readonly inputs: Inputs
  readonly state: Annotated | undefined
}

/** One `fn::rotate` call: rotated if selected, then opened with its state (spec §12.5). */
export class RotateEvaluation {
  private readonly log: ProviderCallLog

  constructor(
    private readonly call: CallInEvaluation,
    private readonly name: string,
    private readonly evaluator: Evaluator,
  ) {
    this.log = new ProviderCallLog(call, evaluator, { kind: 'rotate', provider: name })
  }

  evaluate(): Value {
    const { call, evaluator, name } = this
    const rotator = evaluator.run.rotator(name)
    if (rotator === undefined) evaluator.error(call.expr, `unknown rotator ${goQuote(name)}`, 'provider')
    const accept = this.compile(rotator)
    const { result: parts, blocker } = evaluator.watch(() => this.evaluateParts(accept))
    const evaluated = rotator === undefined || evaluator.run.mode === 'check' ? undefined : this.read(parts)
    if (rotator === undefined || evaluated === undefined) {
      if (blocker === undefined) this.notEvaluated()
      return this.log.skip(this.unknown())
    }
    return this.rotateAndOpen(rotator, evaluated, blocker)
  }

  private unknown(): Value {
    return unknownValue(this.call.expr, this.call.expr.schema)
  }

  private compile(rotator: Rotator | undefined): { readonly inputs: Schema; readonly state: Schema } {
    const { call, evaluator } = this
    const declared = rotator?.schema()
    const inputs = compileFor(call, declared?.inputs, { role: 'input schema', evaluator })
    const own = compileFor(call, declared?.state, { role: 'state schema', evaluator })
    call.expr.schema = compileFor(call, declared?.outputs, { role: 'schema', evaluator })
    const state: Schema = declared === undefined ? true : { oneOf: [own, schema.null()], type: '' }
    showRotateArgument(call.form, { inputs, state })
    return { inputs, state }
  }

  /** Inputs and state, unless they are faulty or not known. */
  private evaluateParts(accept: { readonly inputs: Schema; readonly state: Schema }): Parts | undefined {
    const { call, evaluator } = this
    const inputs = evaluator.evaluateTyped(call.part('inputs'), accept.inputs)
    const state = evaluator.evaluateTyped(call.part('state'), accept.state)
    if (!inputs.ok || !state.ok || containsUnknowns(state.value)) return undefined
    if (containsObservableUnknowns(inputs.value, { rotating: evaluator.scope.rotating })) return undefined
    return { inputs: inputs.value, state: state.value }
  }

  /** What the rotator gets. A state that is not an object counts as none. */
  private read(parts: Parts | undefined): Evaluated | undefined {
    const inputs = parts && readInputs(this.call.expr, parts.inputs, this.evaluator)
    if (parts === undefined || inputs === undefined) return undefined
    return { inputs, state: parts.state.repr instanceof Map ? toAnnotated(parts.state) : undefined }
  }

  private rotateAndOpen(rotator: Rotator, evaluated: Evaluated, blocker: PendingEffect | undefined): Value {
    if (!this.isSelected()) return this.open(rotator, evaluated, blocker)
    const outcome = callEffect(this.evaluator, {
      table: this.evaluator.run.rotations,
      key: this.call.form.call,
      blocker,
      start: (signal) =>
        rotator.rotate(evaluated.inputs.json, stateJson(evaluated), this.context(evaluated, signal)),
    })
    if (outcome.state === 'pending') return this.unknown()
    if (outcome.state === 'failed') {
      this.rotationFailed(outcome.failure)
      return this.unknown()
    }
    this.rotationSucceeded(outcome.result)
    return this.open(rotator, { ...evaluated, state: newState(outcome.result) }, undefined)
  }

  private open(rotator: Rotator, evaluated: Evaluated, blocker: PendingEffect | undefined): Value {
    const { call, evaluator, log } = this
    const outcome = callEffect(evaluator, {
      table: evaluator.run.opens,
      key: call.form.call,
      blocker,
      start: (signal) =>
        rotator.open(evaluated.inputs.json, stateJson(evaluated), this.context(evaluated, signal)),
    })
    if (outcome.state === 'done') return openedValue(call, outcome.result, { evaluator, log })
    if (outcome.state === 'failed') log.fail(outcome.failure)
    return this.unknown()
  }

  private context({ inputs, state }: Evaluated, signal: AbortSignal): RotatorContext {
    const context = providerContext(this.evaluator, { inputs, signal })
    return { ...context, path: this.path, annotatedState: state }
  }

  /** Whether this call is to be rotated; the match of paths is textual (spec §12.5, §16). */
  private isSelected(): boolean {
    const { rotationPaths } = this.evaluator.run
    if (!this.evaluator.scope.rotating) return false
    return rotationPaths === undefined || rotationPaths.has(this.path)
  }

  /** One form of it, however `values` is written: selections, journals and patches go by it. */
  private get path(): string {
    return this.call.expr.place.path.replace(/^values/i, 'values')
  }

  private record(rotation: Omit<Rotation, 'path'>): void {
    this.evaluator.sink.rotation({ path: this.path, ...rotation })
  }

  private notEvaluated(): void {
    if (this.isSelected()) this.record({ status: 'not-evaluated', diagnostics: [] })
  }

  private rotationFailed(failure: EffectFailure): void {
    const { range } = this.call.expr.place
    const diagnostic = {
      severity: 'error',
      code: 'rotate',
      summary: failure.message,
      path: this.path,
    } as const
    this.record({ status: 'failed', diagnostics: [{ ...diagnostic, ...(range && { range }) }] })
    this.log.fail(failure, 'rotate: ')
  }

  private rotationSucceeded(state: ExternalValue): void {
    const path = `${joinKey(this.path, callName(this.call.form))}.state`
    const patch = { path, replacement: exportExternal(state) }
    this.record({ status: 'succeeded', diagnostics: [], patch })
  }
}

/** The state after a rotation: secret as a whole if flagged so. What is not an object counts as none. */
function newState(state: ExternalValue): Annotated | undefined {
  const annotated = state instanceof Annotated ? state : new Annotated(state, {})
  if (!isJsonObject(externalToJson(annotated))) return undefined
  return annotated.secret ? secret(annotated) : annotated
}

function stateJson({ state }: Evaluated) {
  return state === undefined ? null : externalToJson(state)
}
