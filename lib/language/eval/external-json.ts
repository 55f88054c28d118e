import { type Json, JsonNumber, setOwn } from '../text/json'
import { Annotated, type ExternalValue } from './external'

/** The plain JSON of an external value; unknown parts are left out of maps and null elsewhere. */
export function externalToJson(value: ExternalValue): Json {
  if (value === undefined) return null
  if (value instanceof Annotated) return value.unknown ? null : externalToJson(value.value)
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return value
  if (isList(value)) return value.map(externalToJson)
  const object: { [key: string]: Json } = {}
  for (const [key, member] of Object.entries(value)) {
    if (!(member instanceof Annotated && member.unknown)) setOwn(object, key, externalToJson(member))
  }
  return object
}

function isList(value: ExternalValue): value is readonly ExternalValue[] {
  return Array.isArray(value)
}
