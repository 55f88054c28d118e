import { LATER } from './later'
import { inRanges } from './ranges'

const PRINTABLE = /^[\x20\p{L}\p{M}\p{N}\p{P}\p{S}]$/u
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

const OTHERS = /[^\x20-\x7e]/gu

const SHORT = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
])

/** A double-quoted Go string literal, the `%q` of spec §1. */
export function goQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  // Backslashes and quotes are by far the most frequent: no call per character for them.
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${quoted.replace(OTHERS, escapeCharacter)}"`
}

/** A single-quoted Go character literal. */
export function goQuoteCharacter(character: string): string {
  return `'${character === "'" ? "\\'" : escapeCharacter(character)}'`
}

function escapeCharacter(character: string): string {
  const short = SHORT.get(character)
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  if (PRINTABLE.test(character) && !inRanges(LATER, code)) return character
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
