import { NumberLiteral } from '../client/json'
import { compareBytes } from './order'

/** What can be written: JSON with kept digits, and plain objects whose members keep their order. */
export type Writable =
  | null
  | boolean
  | string
  | number
  | NumberLiteral
  | readonly Writable[]
  | ReadonlyMap<string, Writable>
  | { readonly [member: string]: Writable | undefined }

export interface JsonStyle {
  /** Blanks per level; 0 writes everything on one line. */
  readonly indent: number
  /** Sort the members of maps by byte order, as Go does for its maps. */
  readonly sorted: boolean
}

/**
 * Writes JSON the way Go's encoder does: `<`, `>`, `&`, U+2028 and U+2029 escaped, other non-ASCII literal, empty
 * containers closed at once. Undefined members of objects are left out. No newline at the end.
 */
export function writeJson(value: Writable, style: JsonStyle = { indent: 2, sorted: true }): string {
  return write(value, style, '')
}

function write(value: Writable, style: JsonStyle, margin: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return quoteJson(value)
  if (value instanceof NumberLiteral) return value.text
  const inner = margin + ' '.repeat(style.indent)
  if (isList(value)) {
    return wrap(
      '[',
      ']',
      value.map((item) => write(item, style, inner)),
      style,
      margin,
    )
  }
  const members = membersOf(value, style).map(
    ([key, member]) => `${quoteJson(key)}:${style.indent > 0 ? ' ' : ''}${write(member, style, inner)}`,
  )
  return wrap('{', '}', members, style, margin)
}

function wrap(open: string, close: string, parts: string[], style: JsonStyle, margin: string): string {
  if (parts.length === 0) return open + close
  if (style.indent === 0) return open + parts.join(',') + close
  const inner = `\n${margin}${' '.repeat(style.indent)}`
  return `${open}${inner}${parts.join(`,${inner}`)}\n${margin}${close}`
}

type Container = ReadonlyMap<string, Writable> | { readonly [member: string]: Writable | undefined }

function membersOf(value: Container, style: JsonStyle): [string, Writable][] {
  if (isMap(value)) {
    const entries = [...value]
    return style.sorted ? entries.sort(([a], [b]) => compareBytes(a, b)) : entries
  }
  return Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, member]]))
}

function isList(value: readonly Writable[] | Container): value is readonly Writable[] {
  return Array.isArray(value)
}

function isMap(value: Container): value is ReadonlyMap<string, Writable> {
  return value instanceof Map
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
}

/** A string in double quotes with Go's escapes. */
export function quoteJson(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON escapes
  const escaped = text.replace(/["\\<>&\u0000-\u001f\u2028\u2029]|[\ud800-\udfff]/gu, (character) => {
    const code = character.charCodeAt(0)
    if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
    return shortEscapes[character] ?? `\\u${code.toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}
