import { type Json, JsonNumber, jsonNumber, setOwn } from '../text/json'
import { exportBase } from './export'
import { Annotated, type ExternalValue } from './external'
import type { OutputBudget } from './to-text'
import { keysOf, propertyOf, type Value } from './value'

/** The plain JSON of a known value, inherited keys included, secrets revealed. Unknown parts are null, or absent in maps. */
export function toJson(value: Value, budget: OutputBudget): Json {
  const { repr } = value
  if (value.unknown) return null
  if (typeof repr === 'string') budget.spendOutput(repr.length)
  if (repr instanceof JsonNumber) return jsonNumber(repr.text)
  if (Array.isArray(repr)) return repr.map((element) => toJson(element, budget))
  if (!(repr instanceof Map)) return repr
  const object: { [key: string]: Json } = {}
  for (const key of keysOf(value)) {
    const property = propertyOf(value, value.def, key)
    if (property !== undefined && !property.unknown) setOwn(object, key, toJson(property, budget))
  }
  return object
}

/** The value with its flags and places, as providers get it. */
export function toAnnotated(value: Value): Annotated {
  const { secret, unknown, def, base } = value
  const shownBase = base && (() => exportBase(base))
  return new Annotated(annotatedContent(value), { secret, unknown, def: def.place.range, base: shownBase })
}

export function annotatedContent(value: Value): ExternalValue {
  const { repr } = value
  if (Array.isArray(repr)) return repr.map(toAnnotated)
  if (!(repr instanceof Map)) return repr
  const object: { [key: string]: ExternalValue } = {}
  for (const key of keysOf(value)) {
    const property = propertyOf(value, value.def, key)
    if (property !== undefined) setOwn(object, key, toAnnotated(property))
  }
  return object
}
