/** JSON whose numbers may keep their source text (spec §1: numbers never pass through binary floating point). */
export type Json = null | boolean | number | string | JsonNumber | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/**
 * A number that a JavaScript number cannot print back exactly, e.g. `18446744073709551615` or `1e+06`.
 * `JSON.stringify` writes the nearest JavaScript number; {@link stringifyJson} writes the exact text.
 */
export class JsonNumber {
  constructor(readonly text: string) {}

  toJSON(): number {
    return Number(this.text)
  }
}

/** The JSON form of a number text: a JavaScript number when that prints the same text, else a JsonNumber. */
export function jsonNumber(text: string): number | JsonNumber {
  const value = Number(text)
  return String(value) === text ? value : new JsonNumber(text)
}

/** The text of a number in JSON form. */
export function numberText(value: number | JsonNumber): string {
  return typeof value === 'number' ? String(value) : value.text
}

export function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  )
}

/** Sets an own property whatever its name: plain assignment of `__proto__` would change the prototype. */
export function setOwn<T>(target: { [key: string]: T }, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else {
    target[key] = value
  }
}

/** The own property of that name, never an inherited one such as `constructor`. */
export function getOwn<T>(target: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return target !== undefined && Object.hasOwn(target, key) ? target[key] : undefined
}
