import type { Definition } from '../ast/definition'
import type { StringExpression } from '../ast/expression'
import { recordOf } from '../schema/build'
import { type DiagnosticCode, hasErrors } from '../syntax/diagnostic'
import { Budget } from './budget'
import { contextEnvironments, contextValue } from './context'
import type { Decrypter } from './crypter'
import { declareRoot } from './declare'
import { failureCode, type PendingEffect } from './effects'
import { EnvironmentEvaluator } from './environment-evaluator'
import type { LoadOutcome } from './evaluator'
import { Expr, syntheticSymbol } from './expr'
import { isAnonymous, type Run, type Source } from './run'
import { type Finding, Sink } from './sink'
import { copyValue, merge, Value } from './value'

/** An environment that need not be evaluated again in later rounds. */
export interface CompletedEnvironment {
  readonly value: Value
  readonly findings: readonly Finding[]
}

type TableEntry =
  | { readonly state: 'evaluating' }
  | { readonly state: 'done'; readonly value: Value; readonly complete: boolean }
  | PendingEffect

interface EnvironmentInit {
  readonly name: string
  readonly definition: Definition
  readonly decrypter: Decrypter | undefined
  readonly isRoot: boolean
  readonly rootName: string
}

/** What the evaluation of the root environment came to. */
export interface RootResult {
  readonly value: Value
  readonly root: Expr
  readonly context: Value
}

/**
 * One pass of pure evaluation over all environments, from the root on. Effects that are not settled yet are started and
 * count as unknown; the run repeats rounds until one meets no such effect. That last round sees every effect settled, so
 * it finds what an evaluation one step after the other would find, in the same order.
 */
export class Round {
  readonly budget: Budget
  /** Effects that others wait for before they can start. */
  readonly blockers = new Set<PendingEffect>()
  /** The effect that the expression under evaluation has met; see {@link EnvironmentEvaluator}. */
  blocker: PendingEffect | undefined
  /** How often something unsettled was met. */
  private unsettled = 0
  private cycles = 0
  private readonly table = new Map<string, TableEntry>()
  private readonly sink = new Sink()

  constructor(readonly run: Run) {
    this.budget = new Budget(run.limits, run.deadline)
  }

  get findings(): readonly Finding[] {
    return this.sink.findings
  }

  get isFinal(): boolean {
    return this.unsettled === 0
  }

  /**
   * After a cyclic import, and below an anonymous root, what an environment evaluates to depends on which one refers to it
   * first: then calls wait until all are loaded.
   */
  heldBy(): PendingEffect | undefined {
    if (this.cycles === 0 && !this.run.isAnonymous) return undefined
    const load = [...this.table.values()].find((entry) => entry.state === 'pending')
    return load?.state === 'pending' ? load : undefined
  }

  meet(effect: PendingEffect): void {
    this.unsettled++
    this.blocker ??= effect
  }

  evaluateRoot(definition: Definition): RootResult | undefined {
    const { name, decrypter } = this.run.options
    return this.evaluate({ name, definition, decrypter, isRoot: true, rootName: name }, this.sink)
  }

  /** Evaluates an environment that another one refers to (spec §10.2). */
  load(
    name: string,
    referrer: { readonly expr: Expr; readonly from: EnvironmentInit; readonly sink: Sink },
  ): LoadOutcome {
    const entry = this.table.get(name)
    if (entry?.state === 'pending') return this.pend(entry)
    if (entry?.state === 'done') {
      if (!entry.complete) this.unsettled++
      return entry
    }
    if (entry?.state === 'evaluating') {
      this.cycles++
      return this.refuse(referrer, `cyclic import of ${name}`)
    }
    const source = this.run.load(name, referrer.from.name)
    if (source.state === 'pending') {
      this.blockers.add(source)
      return this.pend(source)
    }
    if (source.state === 'failed')
      return this.refuse(referrer, source.failure.message, failureCode(source.failure, 'import'))
    this.warn(referrer, source.result.loaded.warning)
    return this.evaluateLoaded(name, { ...referrer, source: source.result })
  }

  private warn({ expr, sink }: { readonly expr: Expr; readonly sink: Sink }, summary: string | undefined) {
    if (summary === undefined) return
    const { path, range } = expr.place
    sink.diagnostic({ severity: 'warning', code: 'import', summary, path, ...(range && { range }) })
  }

  private pend(effect: PendingEffect): PendingEffect {
    this.meet(effect)
    return effect
  }

  private refuse(
    { expr, sink }: { readonly expr: Expr; readonly sink: Sink },
    summary: string,
    code: DiagnosticCode = 'import',
  ): LoadOutcome {
    const { path, range } = expr.place
    sink.diagnostic({ severity: 'error', code, summary, path, ...(range && { range }) })
    return { state: 'failed' }
  }

  private evaluateLoaded(
    name: string,
    context: { readonly source: Source; readonly from: EnvironmentInit; readonly sink: Sink },
  ): LoadOutcome {
    const { source, from, sink } = context
    if (source.definition === undefined || hasErrors(source.diagnostics)) {
      for (const diagnostic of source.diagnostics) sink.diagnostic(diagnostic)
      return { state: 'failed' }
    }
    const known = this.run.completed.get(name)
    if (known !== undefined) return this.replay(name, known, sink)
    const rootName = isAnonymous(from.rootName) ? name : from.rootName
    const { decrypter } = source.loaded
    const before = { unsettled: this.unsettled, cycles: this.cycles }
    const own = new Sink()
    for (const diagnostic of source.diagnostics) own.diagnostic(diagnostic)
    const result = this.evaluate(
      { name, definition: source.definition, decrypter, isRoot: false, rootName },
      own,
    )
    sink.environment(name, own.findings)
    const complete = before.unsettled === this.unsettled
    if (result === undefined) {
      const entry = this.table.get(name)
      return entry?.state === 'pending' ? entry : { state: 'failed' }
    }
    this.table.set(name, { state: 'done', value: result.value, complete })
    if (complete && before.cycles === this.cycles && !this.run.isAnonymous) {
      this.run.completed.set(name, { value: result.value, findings: own.findings })
    }
    return { state: 'done', value: result.value }
  }

  /** Takes over an environment evaluated in an earlier round; what it found elsewhere is not found again. */
  private replay(name: string, completed: CompletedEnvironment, sink: Sink): LoadOutcome {
    this.table.set(name, { state: 'done', value: completed.value, complete: true })
    sink.environment(name, this.notYetFound(completed.findings))
    return { state: 'done', value: completed.value }
  }

  private notYetFound(findings: readonly Finding[]): Finding[] {
    const kept: Finding[] = []
    for (const finding of findings) {
      if (finding.kind !== 'environment') {
        kept.push(finding)
      } else if (this.table.get(finding.name)?.state !== 'done') {
        const inner = this.run.completed.get(finding.name)
        if (inner !== undefined) {
          this.table.set(finding.name, { state: 'done', value: inner.value, complete: true })
        }
        kept.push({ ...finding, findings: this.notYetFound(finding.findings) })
      }
    }
    return kept
  }

  private evaluate(init: EnvironmentInit, sink: Sink): RootResult | undefined {
    this.table.set(init.name, { state: 'evaluating' })
    const context = contextValue(contextEnvironments(init), this.run.options.context ?? {}, this.budget)
    const imports = this.evaluateImports(init, sink)
    if ('pending' in imports) {
      this.table.set(init.name, imports.pending)
      return undefined
    }
    const { base } = imports
    const entries = init.definition.values?.entries ?? []
    const root = declareRoot({ name: init.name, entries, base }, { builtins: this.run.builtins, sink })
    const evaluator = new EnvironmentEvaluator(this, {
      ...init,
      root,
      sink,
      context,
      imports: imports.value,
      rotating: init.isRoot && this.run.mode === 'rotate',
      load: (name, expr) => this.load(name, { expr, from: init, sink }),
    })
    evaluator.evaluateDeferred()
    const value = evaluator.evaluate(root, true)
    if (init.isRoot) this.table.set(init.name, { state: 'done', value, complete: this.isFinal })
    return { value, root, context }
  }

  /** Starts all imports before giving up on one that is not loaded (spec §10.1). */
  private evaluateImports(
    init: EnvironmentInit,
    sink: Sink,
  ): { readonly base: Value | undefined; readonly value: Value } | { readonly pending: PendingEffect } {
    const values = new Map<string, Value>()
    const merged: Value[] = []
    let pending: PendingEffect | undefined
    for (const { name, options } of init.definition.imports?.elements ?? []) {
      if (name === undefined) continue
      const outcome = this.load(name.value, { expr: referrerAt(name), from: init, sink })
      if (outcome.state === 'pending') pending ??= outcome
      if (outcome.state !== 'done') continue
      values.set(name.value, outcome.value)
      if (options?.merge?.value ?? true) merged.push(outcome.value)
    }
    if (pending !== undefined) return { pending }
    let base: Value | undefined
    for (const value of merged) {
      const copy = copyValue(value, this.budget)
      merge(copy, base)
      base = copy
    }
    return { base, value: importsValue(values) }
  }
}

function referrerAt(name: StringExpression): Expr {
  return new Expr({ place: name.syntax }, { kind: 'literal', value: name.value })
}

function importsValue(values: Map<string, Value>): Value {
  return new Value(syntheticSymbol(), { repr: values, schema: recordOf(values) })
}
