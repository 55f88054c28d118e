import { hexValue, isBlank, isBlankOrEnd, isBreak, NUL } from './characters'
import type { Cursor } from './cursor'
import { scannerError } from './error'
import type { Mark } from './mark'
import { Gap } from './scan-plain'
import type { Token } from './token'

const BACKSLASH = 0x5c
const SINGLE = 0x27
const DOUBLE = 0x22

const ESCAPES = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const HEX_LENGTHS = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

export function scanQuoted(cursor: Cursor): Token {
  const start = cursor.mark()
  const quote = cursor.peek()
  cursor.skip()
  let value = ''
  for (;;) {
    refuseEndOf(cursor, start)
    const gap = new Gap()
    value += takeText(cursor, { quote, start, gap })
    if (cursor.peek() === quote) break
    takeGap(cursor, gap)
    value += gap.join()
  }
  cursor.skip()
  return { type: 'scalar', value, style: quote === SINGLE ? 'single' : 'double', start, end: cursor.mark() }
}

function refuseEndOf(cursor: Cursor, start: Mark): void {
  if (cursor.atDocumentIndicator()) {
    throw scannerError(start, 'found unexpected document indicator', cursor.mark())
  }
  if (cursor.peek() === NUL) throw scannerError(start, 'found unexpected end of stream', cursor.mark())
}

interface QuotedScan {
  readonly quote: number
  readonly start: Mark
  readonly gap: Gap
}

/** The text up to the next blank, line break or closing quote, unescaped. */
function takeText(cursor: Cursor, scan: QuotedScan): string {
  let value = ''
  for (;;) {
    const unit = cursor.peek()
    if (isBlankOrEnd(unit)) return value
    if (scan.quote === SINGLE && unit === SINGLE && cursor.peek(1) === SINGLE) {
      value += "'"
      cursor.skipMany(2)
    } else if (unit === scan.quote) {
      return value
    } else if (scan.quote === DOUBLE && unit === BACKSLASH) {
      if (isBreak(cursor.peek(1))) {
        cursor.skip()
        cursor.takeBreak()
        scan.gap.addEscapedBreak()
        return value
      }
      value += takeEscape(cursor, scan.start)
    } else {
      value += cursor.takeWhile((next) => !isBlankOrEnd(next) && next !== scan.quote && next !== BACKSLASH)
      if (cursor.peek() === BACKSLASH && scan.quote === SINGLE) {
        value += '\\'
        cursor.skip()
      }
    }
  }
}

function takeEscape(cursor: Cursor, start: Mark): string {
  const letter = String.fromCharCode(cursor.peek(1))
  const plain = ESCAPES.get(letter)
  const length = HEX_LENGTHS.get(letter)
  if (plain === undefined && length === undefined) {
    throw scannerError(start, 'found unknown escape character', cursor.mark())
  }
  cursor.skipMany(2)
  return plain ?? takeHex(cursor, { start, length: length ?? 0 })
}

function takeHex(cursor: Cursor, sequence: { readonly start: Mark; readonly length: number }): string {
  let code = 0
  for (let i = 0; i < sequence.length; i++) {
    const digit = hexValue(cursor.peek(i))
    if (digit < 0)
      throw scannerError(sequence.start, 'did not find expected hexdecimal number', cursor.mark())
    code = code * 16 + digit
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerError(sequence.start, 'found invalid Unicode character escape code', cursor.mark())
  }
  cursor.skipMany(sequence.length)
  return String.fromCodePoint(code)
}

function takeGap(cursor: Cursor, gap: Gap): void {
  for (;;) {
    const unit = cursor.peek()
    if (isBlank(unit)) {
      gap.addBlank(unit)
      cursor.skip()
    } else if (isBreak(unit)) {
      gap.addBreak(cursor.takeBreak())
    } else {
      return
    }
  }
}
