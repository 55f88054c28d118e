import type { CallExpression } from '../ast/expression'
import type { CallInEvaluation } from '../eval/builtin'
import {
  type EffectFailure,
  type EffectTable,
  failureCode,
  type Outcome,
  type PendingEffect,
} from '../eval/effects'
import type { ProviderCall } from '../eval/evaluation'
import type { Evaluator } from '../eval/evaluator'
import type { CallForm } from '../eval/expr'
import { Annotated } from '../eval/external'
import { fromExternal, makeSecret } from '../eval/from-external'
import type { Opened, ProviderContext } from '../eval/providers'
import { annotatedContent, toJson } from '../eval/to-json'
import { containsUnknowns, type Value } from '../eval/value'
import { isJsonObject, type JsonObject } from '../text/json'

/** The key of a call as written. */
export function callName({ call }: CallForm): string {
  return call.name.value
}

export interface Inputs {
  readonly json: JsonObject
  readonly annotated: Annotated
}

/** What a provider gets; nothing when the inputs are not fully known. */
export function inputsOf({ expr }: CallInEvaluation, value: Value, evaluator: Evaluator): Inputs | undefined {
  if (containsUnknowns(value)) return undefined
  return readInputs(expr, value, evaluator)
}

/** The inputs as an object; anything else is refused with an error. */
export function readInputs(
  expr: CallInEvaluation['expr'],
  value: Value,
  evaluator: Evaluator,
): Inputs | undefined {
  const json = toJson(value, evaluator.budget)
  if (isJsonObject(json)) return { json, annotated: new Annotated(annotatedContent(value), {}) }
  evaluator.error(expr, 'provider inputs must be an object', 'provider')
  return undefined
}

export function providerContext(
  evaluator: Evaluator,
  { inputs, signal }: { readonly inputs: Inputs; readonly signal: AbortSignal },
): ProviderContext {
  const { organization = '', principal, openDuration } = evaluator.run.options
  return {
    organization,
    rootEnvironment: evaluator.run.options.name,
    currentEnvironment: evaluator.scope.name,
    principal,
    openDuration,
    signal,
    evaluation: evaluator.run,
    annotatedInputs: inputs.annotated,
  }
}

/** Asks for an effect of a call, unless something that it depends on is not settled or the calls are used up. */
export function callEffect<T>(
  evaluator: Evaluator,
  request: {
    readonly table: EffectTable<CallExpression, T>
    readonly key: CallExpression
    readonly blocker: PendingEffect | undefined
    readonly start: (signal: AbortSignal) => Promise<T> | T
  },
): Outcome<T> {
  const { table, key, blocker } = request
  if (blocker !== undefined) {
    evaluator.block(blocker)
    return blocker
  }
  const { run } = evaluator
  if (table.find(key) === undefined) {
    const held = evaluator.heldBy()
    if (held !== undefined) return held
    if (!run.mayCall()) {
      const message = `an evaluation may make at most ${run.limits.calls} provider calls`
      return { state: 'failed', failure: { message, cause: 'limit.calls' } }
    }
  }
  const outcome = table.request(key, request.start)
  if (outcome.state === 'pending') evaluator.waitFor(outcome)
  return outcome
}

/** The value of what a provider opened (spec §12.4). */
export function openedValue(
  { expr }: CallInEvaluation,
  opened: Opened,
  { evaluator, log }: { readonly evaluator: Evaluator; readonly log: ProviderCallLog },
): Value {
  const { output, expiresAt, warning } = opened
  if (warning !== undefined) log.warn(warning)
  const value = fromExternal(output, { def: expr, budget: evaluator.budget })
  log.succeed(expiresAt)
  if (!(output instanceof Annotated && output.secret)) return value
  value.secret = false
  return makeSecret(value)
}

/** Tells the result about one call. */
export class ProviderCallLog {
  private readonly call: Omit<ProviderCall, 'status'>

  constructor(
    private readonly at: CallInEvaluation,
    private readonly evaluator: Evaluator,
    what: Pick<ProviderCall, 'kind' | 'provider'>,
  ) {
    const { path, range } = at.expr.place
    this.call = { ...what, environment: evaluator.scope.name, path, range }
  }

  skip(value: Value): Value {
    this.evaluator.sink.call({ ...this.call, status: 'skipped' })
    return value
  }

  fail(failure: EffectFailure, prefix = ''): void {
    const { message, refusal } = failure
    this.evaluator.reportAt(this.at.expr, {
      severity: 'error',
      code: failureCode(failure, 'provider'),
      summary: prefix + message,
      ...(refusal && { refusal }),
    })
    this.evaluator.sink.call({ ...this.call, status: 'failed' })
  }

  warn(summary: string): void {
    const code = this.call.kind === 'rotate' ? 'rotate' : 'provider'
    this.evaluator.reportAt(this.at.expr, { severity: 'warning', code, summary })
  }

  succeed(expiresAt: Date | undefined): void {
    this.evaluator.sink.call({ ...this.call, status: 'opened', ...(expiresAt && { expiresAt }) })
  }
}
