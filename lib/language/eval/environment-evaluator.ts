import { schemaItem, schemaProperty } from '../schema/access'
import { recordOf, tuple } from '../schema/build'
import { isRotateOnly } from '../schema/rotate-only'
import { type Schema, STRING } from '../schema/schema'
import type { Diagnostic, DiagnosticCode } from '../syntax/diagnostic'
import { toValid } from '../text/utf8'
import { evaluateAccess } from './access'
import type { Budget } from './budget'
import type { Decrypter } from './crypter'
import { DEFERRAL_DEPTH, Deferrals } from './deferrals'
import type { PendingEffect } from './effects'
import type { Evaluator, Finding, Scope } from './evaluator'
import { type CallForm, type Expr, exprsByPlace, type InterpolatedPart, missingExpr } from './expr'
import type { Round } from './round'
import type { Run } from './run'
import type { Sink } from './sink'
import { toText } from './to-text'
import { checkType } from './type-check'
import { copyValue, merge, unknownValue, Value } from './value'

interface EvaluatorInit extends Omit<Scope, 'decrypt'> {
  readonly decrypter: Decrypter | undefined
  readonly sink: Sink
}

/** Evaluates the expressions of one environment (spec §9.3). */
export class EnvironmentEvaluator implements Evaluator {
  readonly run: Run
  readonly budget: Budget
  readonly sink: Sink
  readonly scope: Scope
  /** The deferred expression under evaluation. */
  private deferred: Expr | undefined

  constructor(
    private readonly round: Round,
    init: EvaluatorInit,
  ) {
    this.run = round.run
    this.budget = round.budget
    this.sink = init.sink
    const { decrypter } = init
    this.scope = {
      ...init,
      decrypt: (ciphertext, signal) => {
        if (decrypter === undefined) throw new Error('no decrypter')
        return decrypter.decrypt(ciphertext, { signal })
      },
    }
  }

  evaluate(x: Expr, accept: Schema = true): Value {
    if (x.state === 'done') return this.recall(x)
    if (x.state === 'evaluating') {
      this.error(x, `cyclic reference to ${x.path}`, 'cycle')
      return unknownValue(x)
    }
    if (this.budget.enter() > DEFERRAL_DEPTH && !isRotateOnly(accept)) return this.defer(x)
    x.state = 'evaluating'
    const outer = this.round.blocker
    this.round.blocker = undefined
    const result = this.evaluateFresh(x, accept)
    const { blocker } = this.round
    this.round.blocker = outer ?? blocker
    this.budget.leave()
    x.state = 'done'
    if (blocker !== undefined) {
      x.blocker = blocker
      result.pending ??= blocker
    }
    return result
  }

  /** Leaves an expression to the beginning of the next round. */
  private defer(x: Expr): Value {
    this.budget.leave()
    const { deferrals } = this.run
    const own = deferrals.get(this.scope.name) ?? new Deferrals()
    deferrals.set(this.scope.name, own)
    own.add(this.deferred?.place, x.place)
    const next: PendingEffect = { state: 'pending', settled: Promise.resolve() }
    this.round.blockers.add(next)
    this.round.meet(next)
    const value = unknownValue(x)
    value.pending = next
    return value
  }

  /** Evaluates what the round before found too deep, before everything else. */
  evaluateDeferred(): void {
    const order = this.run.deferrals.get(this.scope.name)?.order() ?? []
    if (order.length === 0) return
    const exprs = exprsByPlace(this.scope.root)
    for (const place of order) {
      this.deferred = exprs.get(place)
      if (this.deferred !== undefined) this.evaluate(this.deferred)
    }
    this.deferred = undefined
  }

  private recall(x: Expr): Value {
    if (x.blocker !== undefined) this.round.meet(x.blocker)
    return x.value ?? unknownValue(x)
  }

  private evaluateFresh(x: Expr, accept: Schema): Value {
    const rotateOnly = isRotateOnly(accept)
    if (rotateOnly && !this.evaluatesRotateOnly()) {
      return new Value(missingExpr(x), { unknown: true, rotateOnly: true, schema: true })
    }
    if (x.base?.final) {
      this.reportAt(x, { severity: 'warning', code: 'final', summary: 'cannot override final value' })
      x.schema = x.base.schema
      x.value = x.base
      return x.base
    }
    if (x.base?.pending !== undefined) this.round.meet(x.base.pending)
    const value = this.evaluateForm(x, accept)
    if (rotateOnly) value.rotateOnly = true
    if (x.secret) value.secret = true
    merge(value, x.base)
    x.schema = value.schema
    x.value = value
    return value
  }

  /** Inputs that are only for rotation are evaluated in the root alone, and not when opening. */
  private evaluatesRotateOnly(): boolean {
    return this.scope.isRoot && this.run.mode !== 'open'
  }

  private evaluateForm(x: Expr, accept: Schema): Value {
    this.budget.spendValue()
    const { form } = x
    switch (form.kind) {
      case 'missing':
        return unknownValue(x)
      case 'literal':
        return new Value(x, { repr: form.value, schema: x.schema })
      case 'symbol':
        return this.evaluateSymbol(x)
      case 'interpolation':
        return this.evaluateInterpolation(x, form.parts)
      case 'array':
        return this.evaluateArray(x, form.elements, accept)
      case 'object':
        return this.evaluateObject(x, form.sorted, accept)
      case 'call':
        return this.evaluateCall(x, form)
      case 'access':
        throw new TypeError('late-bound accesses are made evaluated')
    }
  }

  private evaluateSymbol(x: Expr): Value {
    if (x.form.kind !== 'symbol') throw new TypeError('not a symbol')
    const value = copyValue(evaluateAccess(x, x.form.access, this), this.budget)
    value.def = x
    return value
  }

  private evaluateInterpolation(x: Expr, parts: readonly InterpolatedPart[]): Value {
    let text = ''
    let unknown = false
    let secret = false
    for (const part of parts) {
      text += part.text
      this.budget.spendOutput(part.text.length)
      if (part.access === undefined) continue
      const accessed = toText(evaluateAccess(x, part.access, this), this.budget)
      text += accessed.text
      unknown ||= accessed.unknown
      secret ||= accessed.secret
    }
    return new Value(x, { repr: unknown ? '[unknown]' : text, unknown, secret, schema: STRING })
  }

  private evaluateArray(x: Expr, elements: readonly Expr[], accept: Schema): Value {
    const values = elements.map((element, index) => this.evaluate(element, schemaItem(accept, index)))
    return new Value(x, { repr: values, schema: tuple(values.map((value) => value.schema ?? true)) })
  }

  private evaluateObject(x: Expr, sorted: readonly (readonly [string, Expr])[], accept: Schema): Value {
    const properties = new Map<string, Value>()
    for (const [key, property] of sorted)
      properties.set(key, this.evaluate(property, schemaProperty(accept, key)))
    return new Value(x, { repr: properties, schema: recordOf(properties) })
  }

  private evaluateCall(x: Expr, form: CallForm): Value {
    const part = (name: string): Expr => form.parts[name] ?? missingExpr()
    return form.builtin.evaluate({ expr: x, form, part }, this)
  }

  evaluateTyped(x: Expr, accept: Schema): { readonly value: Value; readonly ok: boolean } {
    const value = this.evaluate(x, accept)
    const ok = checkType(value, accept, ({ at, summary }) => this.error(at, summary, 'type'))
    return { value, ok }
  }

  report(diagnostic: Diagnostic): void {
    this.sink.diagnostic(diagnostic)
  }

  reportAt(x: Expr, finding: Finding): void {
    const { path, range } = x.place
    this.report({ ...finding, summary: toValid(finding.summary), path, ...(range && { range }) })
  }

  error(at: Expr, summary: string, code: DiagnosticCode): void {
    this.reportAt(at, { severity: 'error', code, summary })
  }

  waitFor(effect: PendingEffect): void {
    this.round.meet(effect)
  }

  watch<T>(body: () => T): { readonly result: T; readonly blocker: PendingEffect | undefined } {
    const outer = this.round.blocker
    this.round.blocker = undefined
    const result = body()
    const { blocker } = this.round
    this.round.blocker = outer ?? blocker
    return { result, blocker }
  }

  block(blocker: PendingEffect): void {
    this.round.blockers.add(blocker)
  }

  heldBy(): PendingEffect | undefined {
    return this.round.heldBy()
  }
}
