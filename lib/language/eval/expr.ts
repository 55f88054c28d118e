import type { CallExpression, PropertyAccess } from '../ast/expression'
import type { Schema } from '../schema/schema'
import type { Range } from '../syntax/range'
import type { JsonNumber } from '../text/json'
import type { Builtin } from './builtin'
import type { PendingEffect } from './effects'
import type { Value } from './value'

/** Where an expression is written; nowhere for synthetic ones. */
export interface Place {
  readonly range: Range | undefined
  /** Document path (spec §5). */
  readonly path: string
}

export const NOWHERE: Place = { range: undefined, path: '' }

/** An expression in evaluation (spec §9.1): every expression node has one identity, one state and one memoized value. */
export class Expr {
  state: 'declared' | 'evaluating' | 'done' = 'declared'
  value: Value | undefined
  /** The literal inside `fn::secret`. */
  secret = false
  /** What this expression still waited for when it was evaluated. */
  blocker: PendingEffect | undefined
  readonly path: string
  readonly place: Place
  readonly base: Value | undefined

  constructor(
    site: Site,
    readonly form: ExprForm,
    public schema?: Schema | undefined,
  ) {
    this.path = site.path ?? ''
    this.place = site.place
    this.base = site.base
  }
}

/** Where an expression stands and what it lies over. */
export interface Site {
  /** For messages about cycles. */
  readonly path?: string
  readonly place: Place
  readonly base?: Value | undefined
}

export type Literal = null | boolean | string | JsonNumber

export type ExprForm =
  | { readonly kind: 'missing' }
  | { readonly kind: 'literal'; readonly value: Literal }
  | SymbolForm
  | { readonly kind: 'interpolation'; readonly parts: readonly InterpolatedPart[] }
  | { readonly kind: 'array'; readonly elements: readonly Expr[] }
  | ObjectForm
  | CallForm
  | AccessForm

export interface SymbolForm {
  readonly kind: 'symbol'
  readonly access: ResolvableAccess
}

export interface InterpolatedPart {
  readonly text: string
  readonly access: ResolvableAccess | undefined
}

/** An access and, once evaluated, the definitions its accessors led to; shorter when it failed early. */
export interface ResolvableAccess {
  readonly access: PropertyAccess
  readonly resolved: Expr[]
}

export interface ObjectForm {
  readonly kind: 'object'
  readonly properties: ReadonlyMap<string, Expr>
  /** Properties in the order of their keys' bytes: the order of evaluation. */
  readonly sorted: readonly (readonly [string, Expr])[]
  readonly keys: ReadonlyMap<string, Place>
}

export interface CallForm {
  readonly kind: 'call'
  readonly call: CallExpression
  readonly builtin: Builtin
  readonly parts: CallPartExprs
  /** Settled when the call is evaluated. */
  readonly argument: { schema: Schema | undefined }
}

export interface CallPartExprs {
  readonly [part: string]: Expr
}

/** A property asked of an unknown value, to be bound when the value is known. */
export interface AccessForm {
  readonly kind: 'access'
  readonly receiver: Value
  readonly name: string
}

/** An expression without a place, that is already evaluated. */
export function syntheticExpr(form: ExprForm, place: Place = NOWHERE): Expr {
  const expr = new Expr({ place }, form)
  expr.state = 'done'
  return expr
}

export function missingExpr(init: { readonly path?: string; readonly base?: Value | undefined } = {}): Expr {
  return new Expr({ path: init.path ?? '', place: NOWHERE, base: init.base }, { kind: 'missing' }, true)
}

/** The definition of values that nobody wrote: context, imports. */
export function syntheticSymbol(): Expr {
  return syntheticExpr({ kind: 'symbol', access: { access: { accessors: [] }, resolved: [] } })
}

/** A stand-in that blames the place of another expression. */
export function literalAt(expr: Expr): Expr {
  return syntheticExpr({ kind: 'literal', value: null }, expr.place)
}

/** All expressions below one, by the places where they are written. */
export function exprsByPlace(root: Expr): ReadonlyMap<Place, Expr> {
  const exprs = new Map<Place, Expr>()
  const waiting = [root]
  for (let x = waiting.pop(); x !== undefined; x = waiting.pop()) {
    exprs.set(x.place, x)
    if (x.form.kind === 'array') waiting.push(...x.form.elements)
    else if (x.form.kind === 'object') waiting.push(...x.form.properties.values())
    else if (x.form.kind === 'call') waiting.push(...Object.values(x.form.parts))
  }
  return exprs
}
