import type { Schema } from '../schema/schema'
import type { Diagnostic, DiagnosticCode } from '../syntax/diagnostic'
import type { Budget } from './budget'
import type { PendingEffect } from './effects'
import type { Expr } from './expr'
import type { Run } from './run'
import type { Sink } from './sink'
import type { Value } from './value'

/** What builtins and the evaluation of accesses need from the evaluation of one environment. */
export interface Evaluator {
  readonly run: Run
  readonly budget: Budget
  readonly sink: Sink
  readonly scope: Scope
  /** @param accept what the context wants; only rotate-only schemas matter here (spec §9.3) */
  evaluate(expr: Expr, accept?: Schema): Value
  /** Evaluates and checks the type, reporting at the values' definitions. */
  evaluateTyped(expr: Expr, accept: Schema): { readonly value: Value; readonly ok: boolean }
  error(at: Expr, summary: string, code: DiagnosticCode): void
  /** Reports at an expression. */
  reportAt(at: Expr, finding: Finding): void
  report(diagnostic: Diagnostic): void
  /** Notes that the expression under evaluation depends on an effect that is not settled. */
  waitFor(effect: PendingEffect): void
  /** Runs a function and tells which effect it had to wait for. */
  watch<T>(body: () => T): { readonly result: T; readonly blocker: PendingEffect | undefined }
  /** The effect that new calls must wait for, if any. */
  heldBy(): PendingEffect | undefined
  /** Notes an effect that would have been started if another had settled. */
  block(blocker: PendingEffect): void
}

/** A diagnostic without its place. */
export type Finding = Omit<Diagnostic, 'path' | 'range'>

/** The environment under evaluation. */
export interface Scope {
  readonly name: string
  readonly isRoot: boolean
  readonly rootName: string
  /** Only the root of a rotation rotates. */
  readonly rotating: boolean
  decrypt(ciphertext: Uint8Array, signal: AbortSignal): Promise<string> | string
  /** The root expression, once declared. */
  readonly root: Expr
  readonly imports: Value
  readonly context: Value
  /** Evaluates another environment for an inline reference. */
  load(name: string, referrer: Expr): LoadOutcome
}

export type LoadOutcome =
  | { readonly state: 'done'; readonly value: Value }
  | { readonly state: 'failed' }
  | PendingEffect
