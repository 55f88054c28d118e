import { recordOf, tuple } from '../schema/build'
import type { Schema } from '../schema/schema'
import { JsonNumber, jsonNumber } from '../text/json'
import { toValid } from '../text/utf8'
import type { Expr } from './expr'
import { Annotated, type ExternalValue } from './external'
import { type Repr, Value, type ValueBudget } from './value'

/** What every value made from the outside gets. */
interface Origin {
  readonly def: Expr
  readonly budget: ValueBudget
}

/** Deeper values from outside are refused: everything that walks values recurses. */
const MAX_DEPTH = 500

/** Makes values from what a provider, a JSON text or the caller gave (spec §12.2). */
export function fromExternal(external: ExternalValue, origin: Origin, depth = 0): Value {
  if (depth > MAX_DEPTH) throw new RangeError('the value is nested too deeply')
  origin.budget.spendValue()
  if (external instanceof Annotated) {
    const value = fromExternal(external.value, origin, depth)
    value.secret ||= external.secret
    value.unknown ||= external.unknown
    return value
  }
  const { repr, schema } = convert(external, (part) => fromExternal(part, origin, depth + 1))
  return new Value(origin.def, { repr, schema })
}

interface Converted {
  readonly repr: Repr
  readonly schema: Schema
}

function convert(
  external: Exclude<ExternalValue, Annotated>,
  inner: (part: ExternalValue) => Value,
): Converted {
  if (external === null || external === undefined) return { repr: null, schema: { type: 'null' } }
  if (typeof external === 'boolean') return { repr: external, schema: { type: 'boolean', const: external } }
  if (typeof external === 'string') return convertString(external)
  if (typeof external === 'number') return convertNumber(new JsonNumber(String(external)))
  if (external instanceof JsonNumber) return convertNumber(external)
  if (isList(external)) {
    const elements = external.map(inner)
    return { repr: elements, schema: tuple(elements.map((element) => element.schema ?? true)) }
  }
  const properties = new Map(Object.entries(external).map(([key, value]) => [key, inner(value)]))
  return { repr: properties, schema: recordOf(properties) }
}

function isList(external: ExternalValue): external is readonly ExternalValue[] {
  return Array.isArray(external)
}

function convertString(text: string): Converted {
  return { repr: text, schema: { type: 'string', const: toValid(text) } }
}

function convertNumber(number: JsonNumber): Converted {
  return { repr: number, schema: { type: 'number', const: jsonNumber(number.text) } }
}

/** Marks a value and everything inside as secret; what is secret already is not looked into (spec §12.2). */
export function makeSecret(value: Value): Value {
  if (value.secret) return value
  value.secret = true
  const { repr } = value
  if (Array.isArray(repr)) for (const element of repr) makeSecret(element)
  else if (repr instanceof Map) for (const property of repr.values()) makeSecret(property)
  return value
}
