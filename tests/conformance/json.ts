/** JSON whose numbers keep their text, as `Num`: conformance data compares numbers by text. */
export class Num {
  constructor(readonly text: string) {}
}

/** The key that stands for a number while parsing. */
const MARK = '@@number'

/** Parses JSON, keeping the text of numbers. */
export function parse(text: string): unknown {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `{"${MARK}":"${token}"}`,
  )
  return JSON.parse(marked, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && MARK in value) return new Num(String(value[MARK]))
    return value
  })
}

/** A canonical text of a JSON-shaped value: sorted keys, numbers by text, undefined members left out. */
export function canonical(value: unknown, indent = ''): string {
  const inner = `${indent} `
  if (value instanceof Num) return value.text
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => inner + canonical(item ?? null, inner)).join(',\n')}\n${indent}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, member]) => `${inner}${JSON.stringify(key)}: ${canonical(sortIfUnordered(key, member), inner)}`,
    )
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
}

/** Lists named `rotateOnly` have no defined order. */
function sortIfUnordered(key: string, value: unknown): unknown {
  return key === 'rotateOnly' && Array.isArray(value) ? value.map(String).sort() : value
}

export type JsonRecord = { readonly [member: string]: unknown }

/** Data that must be an object. */
export function asRecord(value: unknown): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('expected an object')
  return { ...value }
}

/** Data that must be a list. */
export function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list')
  return value
}
