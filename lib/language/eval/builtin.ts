import type { CallShape } from '../ast/call'
import type { Schema } from '../schema/schema'
import type { Evaluator } from './evaluator'
import type { CallForm, CallPartExprs, Expr, Place } from './expr'
import type { Value } from './value'

/** A builtin function: how its argument is read, evaluated and shown. One file each in `builtins/`. */
export interface Builtin {
  /** The key of a call, `fn::join`. */
  readonly name: string
  /** Whether `name::<provider>` is a call too. */
  readonly suffixed?: boolean
  readonly shape: CallShape
  /** The parts that {@link shape} gives, in the order of their declaration. */
  readonly parts: readonly string[]
  /** The schema of calls before they are evaluated. */
  readonly schema: Schema
  /** What the argument must be, unless evaluation finds out. */
  readonly argSchema: Schema
  /** Adjusts a call that was declared. */
  declared?(form: CallForm): void
  evaluate(call: CallInEvaluation, evaluator: Evaluator): Value
  /** How the argument shows in results (spec §15.3). */
  shownArgument(form: CallForm): ShownArgument
}

/** A call being evaluated. */
export interface CallInEvaluation {
  readonly expr: Expr
  readonly form: CallForm
  /** The declared expression of a part. */
  part(name: string): Expr
}

export type ShownArgument =
  | { readonly kind: 'expr'; readonly expr: Expr }
  | { readonly kind: 'list'; readonly place: Place; readonly items: readonly Expr[] }
  | { readonly kind: 'object'; readonly place: Place | undefined; readonly properties: CallPartExprs }
