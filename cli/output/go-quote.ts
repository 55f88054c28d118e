import { LATER } from '@/lib/language/text/later'
import { inRanges } from '@/lib/language/text/ranges'

const named: ReadonlyMap<number, string> = new Map([
  [7, '\\a'],
  [8, '\\b'],
  [12, '\\f'],
  [10, '\\n'],
  [13, '\\r'],
  [9, '\\t'],
  [11, '\\v'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
])

/**
 * A string in double quotes as Go's strconv.Quote writes it. `$`, backquote and `!` stay as they are, so this is no
 * quoting for shells: see shell-quote.ts.
 */
export function goQuote(text: string): string {
  let quoted = '"'
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    quoted += named.get(code) ?? (isPrintable(character, code) ? character : escapeRune(code))
  }
  return `${quoted}"`
}

/** Go's unicode.IsPrint, of Unicode 15.0: letters, marks, numbers, punctuation, symbols and the ASCII blank. */
function isPrintable(character: string, code: number): boolean {
  return code === 0x20 || (/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character) && !inRanges(LATER, code))
}

function escapeRune(code: number): string {
  const hex = code.toString(16)
  if (code < 0x80) return `\\x${hex.padStart(2, '0')}`
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd'
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
