import { isJsonArray, type Json, JsonNumber } from './json'
import { compareUtf8 } from './order'
import { replaceInvalid } from './utf8'

// biome-ignore lint/suspicious/noControlCharactersInRegex: the controls are what is escaped
const SPECIAL = /[\x00-\x1f"\\<>&\u2028\u2029]|\p{Surrogate}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: the controls are what is escaped
const OTHERS = /[\x00-\x1f<>&\u2028\u2029]/g

const SHORT = new Map([
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** A JSON string as spec §1 writes it, with `<`, `>`, `&`, the line separators and what is not Unicode escaped. */
export function jsonString(text: string): string {
  if (!SPECIAL.test(text)) return `"${text}"`
  // Backslashes and quotes are by far the most frequent: no call per character for them.
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${replaceInvalid(quoted, '\\ufffd').replace(OTHERS, escapeCharacter)}"`
}

function escapeCharacter(character: string): string {
  return SHORT.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Compact JSON: no white space, keys in order of their bytes, numbers verbatim (spec §1). */
export function compactJson(value: Json): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return jsonString(value)
  if (value instanceof JsonNumber) return value.text
  if (typeof value !== 'object') return String(value)
  if (isJsonArray(value)) return `[${value.map(compactJson).join(',')}]`
  const members = Object.entries(value)
    .sort(([a], [b]) => compareUtf8(a, b))
    .map(([key, member]) => `${jsonString(key)}:${compactJson(member)}`)
  return `{${members.join(',')}}`
}

/**
 * Writes any JSON-shaped result (evaluations, schemas, diagnostics) with exact number texts, in the order of its members.
 * Members that are undefined are left out.
 */
export function stringifyJson(value: unknown): string {
  // Written natively, seven times as fast, unless a number would lose its text.
  return holdsNumberText(value) ? write(value) : (JSON.stringify(value) ?? 'null')
}

function holdsNumberText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof JsonNumber) return true
  if (Array.isArray(value)) return value.some(holdsNumberText)
  for (const key in value) if (holdsNumberText(Reflect.get(value, key))) return true
  return false
}

function write(value: unknown): string {
  if (value instanceof JsonNumber) return value.text
  if (Array.isArray(value)) return `[${value.map((item) => write(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member)}`)
  return `{${members.join(',')}}`
}
