import { Failure } from '../failure'
import { type Json, type JsonObject, NumberLiteral } from './json'

/** Readers for answers of the server: what is absent is `undefined`, what has the wrong shape is a failure. */

export function asObject(json: Json | undefined, what: string): JsonObject {
  if (isObject(json)) return json
  throw unexpected(what, 'an object')
}

export function asList(json: Json | undefined, what: string): readonly Json[] {
  if (isList(json)) return json
  if (json === undefined || json === null) return []
  throw unexpected(what, 'a list')
}

export function isObject(json: Json | undefined): json is JsonObject {
  return json instanceof Map
}

export function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

/** A member that holds text; absent and null read as the empty text, as Go decodes them. */
export function text(object: JsonObject, name: string): string {
  const value = object.get(name)
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  throw unexpected(name, 'a string')
}

export function integer(object: JsonObject, name: string): number {
  const value = object.get(name)
  if (value === undefined || value === null) return 0
  const number = value instanceof NumberLiteral ? Number(value.text) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw unexpected(name, 'an integer')
}

export function flag(object: JsonObject, name: string): boolean {
  const value = object.get(name)
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  throw unexpected(name, 'a boolean')
}

export function texts(object: JsonObject, name: string): string[] {
  return asList(object.get(name), name).map((item) => {
    if (typeof item === 'string') return item
    throw unexpected(name, 'a list of strings')
  })
}

function unexpected(what: string, expected: string): Failure {
  return new Failure('API', `unmarshalling response object: ${what} is not ${expected}`)
}
