import { schemaProperty } from '../schema/access'
import { mergedSchema } from '../schema/merge'
import type { Schema } from '../schema/schema'
import type { JsonNumber } from '../text/json'
import { compareUtf8 } from '../text/order'
import { LimitError } from './budget'
import type { PendingEffect } from './effects'
import type { ExportedValue } from './evaluation'
import { Expr } from './expr'

/** What a value consists of: null, or a scalar, or a collection. Unknown values usually have null here. */
export type Repr = null | boolean | string | JsonNumber | Value[] | Map<string, Value>

interface ValueInit {
  readonly schema?: Schema | undefined
  readonly repr?: Repr
  readonly base?: Value | undefined
  readonly unknown?: boolean
  readonly secret?: boolean
  readonly final?: boolean
  readonly rotateOnly?: boolean
}

/** A value of the language (spec §9.1). Values are shared; only {@link merge} changes one, right after it was made. */
export class Value {
  schema: Schema | undefined
  repr: Repr
  base: Value | undefined
  unknown: boolean
  secret: boolean
  final: boolean
  rotateOnly: boolean
  /** Part of a secret that does not show as one in its container, but is one wherever it is taken out. */
  tainted = false
  /** How many values lie over one another here, this one included. */
  layers: number
  /** The effect this value will follow from; such a value is not a result yet. */
  pending: PendingEffect | undefined
  /** Cached on first use and not refreshed by later merges (spec §9.1). */
  keys: readonly string[] | undefined
  exported: ExportedValue | undefined

  /** What produced the value. A symbol takes over the copy that it makes. */
  def: Expr

  constructor(def: Expr, init: ValueInit) {
    this.def = def
    this.schema = init.schema
    this.repr = init.repr ?? null
    this.base = init.base
    this.layers = (init.base?.layers ?? 0) + 1
    this.unknown = init.unknown ?? false
    this.secret = init.secret ?? false
    this.final = init.final ?? false
    this.rotateOnly = init.rotateOnly ?? false
  }
}

export function unknownValue(def: Expr, schema: Schema | undefined = true): Value {
  return new Value(def, { unknown: true, schema })
}

const NO_KEYS: readonly string[] = []

/** The property names of a map, those of its bases included, in order of their bytes. */
export function keysOf(value: Value | undefined): readonly string[] {
  if (value === undefined || !(value.repr instanceof Map)) return NO_KEYS
  if (value.keys === undefined) {
    const inherited = keysOf(value.base)
    const all =
      inherited.length === 0 ? [...value.repr.keys()] : [...new Set([...value.repr.keys(), ...inherited])]
    value.keys = all.sort(compareUtf8)
  }
  return value.keys
}

/**
 * The property of a value or its bases; a late-bound one when the value is unknown (spec §9.1).
 *
 * @param asker the expression on whose behalf it is asked
 */
export function propertyOf(value: Value | undefined, asker: Expr, name: string): Value | undefined {
  if (value === undefined) return undefined
  if (value.repr instanceof Map) return value.repr.get(name) ?? propertyOf(value.base, asker, name)
  return value.unknown ? lateBound(value, asker, name) : undefined
}

function lateBound(value: Value, asker: Expr, name: string): Value {
  const schema = value.schema === undefined ? undefined : schemaProperty(value.schema, name)
  const base = propertyOf(value.base, asker, name)
  const def = new Expr({ place: asker.place, base }, { kind: 'access', receiver: value, name }, schema)
  def.state = 'done'
  const late = new Value(def, { unknown: true, schema, base })
  late.pending = value.pending
  return late
}

export function isObjectValue(value: Value | undefined): boolean {
  if (value === undefined) return false
  if (!value.unknown) return value.repr instanceof Map
  return value.schema === true || (typeof value.schema === 'object' && value.schema.type === 'object')
}

/** Late-bound values are made anew each time they are asked for, so identity looks at what was asked of what. */
function same(a: Value, b: Value): boolean {
  if (a === b) return true
  const [x, y] = [a.def.form, b.def.form]
  if (!a.unknown || !b.unknown || x.kind !== 'access' || y.kind !== 'access') return false
  return x.name === y.name && same(x.receiver, y.receiver)
}

export function containsUnknowns(value: Value | undefined): boolean {
  return some(value, (part) => part.unknown)
}

export function containsSecrets(value: Value | undefined): boolean {
  return some(value, (part) => part.secret)
}

/** Unknowns that matter for a rotator: inputs that are only for rotation matter only while rotating. */
export function containsObservableUnknowns(
  value: Value | undefined,
  options: { readonly rotating: boolean },
): boolean {
  return some(value, (part) => part.unknown && (options.rotating || !part.rotateOnly))
}

/** Whether a test holds for a value or anything inside it, inherited properties included. */
function some(value: Value | undefined, test: (part: Value) => boolean): boolean {
  if (value === undefined) return false
  if (test(value)) return true
  if (Array.isArray(value.repr)) return value.repr.some((element) => some(element, test))
  return keysOf(value).some((key) => some(propertyOf(value, value.def, key), test))
}

/** Makes a value as unknown and as secret as what it was made from. */
export function combine(value: Value, others: readonly Value[]): Value {
  for (const other of others) {
    value.unknown = containsUnknowns(value) || containsUnknowns(other)
    value.secret = containsSecrets(value) || containsSecrets(other)
  }
  return value
}

/** What an evaluation may still make; {@link BudgetError} when it is used up. */
export interface ValueBudget {
  spendValue(): void
}

/** A deep copy through parts and bases that shares definitions (spec §9.1). */
export function copyValue(value: Value, budget: ValueBudget): Value {
  return copyMemoized(value, { budget, copies: new Map() })
}

function copyMemoized(
  value: Value,
  memo: { readonly budget: ValueBudget; readonly copies: Map<Value, Value> },
): Value {
  const known = memo.copies.get(value)
  if (known !== undefined) return known
  memo.budget.spendValue()
  const { schema, unknown, secret, final } = value
  const copy = new Value(value.def, { schema, unknown, secret, final })
  copy.pending = value.pending
  copy.tainted = value.tainted
  memo.copies.set(value, copy)
  copy.base = value.base && copyMemoized(value.base, memo)
  copy.layers = value.layers
  copy.repr = copyRepr(value.repr, (part) => copyMemoized(part, memo))
  return copy
}

function copyRepr(repr: Repr, copy: (part: Value) => Value): Repr {
  if (Array.isArray(repr)) return repr.map(copy)
  if (!(repr instanceof Map)) return repr
  const properties = new Map<string, Value>()
  for (const [key, property] of repr) properties.set(key, copy(property))
  return properties
}

/** Layers that one value may have; imports that import one another in many ways multiply them. */
const MAX_LAYERS = 2_000

/** Lays a value over a base, property by property (spec §9.1). Changes the value. */
export function merge(value: Value, base: Value | undefined): void {
  if (base === undefined || same(value, base)) return
  if (value.layers + base.layers > MAX_LAYERS) {
    throw new LimitError('limit.depth', `a value may have at most ${MAX_LAYERS} layers`)
  }
  if (value.base === undefined) value.base = base
  else merge(value.base, base)
  value.layers = value.base.layers + 1
  if (value.repr instanceof Map) {
    for (const [key, property] of value.repr) merge(property, propertyOf(value.base, property.def, key))
  }
  value.schema = mergedSchema(value.base.schema, value.schema)
}
