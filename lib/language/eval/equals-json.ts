import { getOwn, isJsonArray, isJsonObject, type Json, JsonNumber, numberText } from '../text/json'
import type { Value } from './value'

/** Whether a value is a constant (spec §14): numbers by text, maps by their own keys; unknown parts count as null. */
export function equalsJson(value: Value, json: Json): boolean {
  const repr = value.unknown ? null : value.repr
  if (repr instanceof JsonNumber) {
    return (typeof json === 'number' || json instanceof JsonNumber) && numberText(json) === repr.text
  }
  if (Array.isArray(repr)) {
    if (!isJsonArray(json) || json.length !== repr.length) return false
    return repr.every((element, index) => equalsJson(element, json[index] ?? null))
  }
  if (repr instanceof Map) {
    if (!isJsonObject(json) || Object.keys(json).length !== repr.size) return false
    return [...repr].every(
      ([key, property]) => Object.hasOwn(json, key) && equalsJson(property, getOwn(json, key) ?? null),
    )
  }
  return repr === json
}
