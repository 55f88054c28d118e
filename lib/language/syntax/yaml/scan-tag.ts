import { hexValue, isBlankOrEnd, isWord } from './characters'
import type { Cursor } from './cursor'
import { scannerError } from './error'
import type { Mark } from './mark'
import type { Token } from './token'

const BANG = 0x21
const PERCENT = 0x25
const URI_PUNCTUATION = new Set([...";/?:@&=+$.,!~*'()[]%"].map((letter) => letter.charCodeAt(0)))

export function scanTag(cursor: Cursor): Token {
  const start = cursor.mark()
  const { handle, suffix } =
    cursor.peek(1) === 0x3c ? scanVerbatim(cursor, start) : scanShorthand(cursor, start)
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError(start, 'did not find expected whitespace or line break', cursor.mark())
  }
  return { type: 'tag', handle, suffix, start, end: cursor.mark() }
}

interface TagName {
  readonly handle: string
  readonly suffix: string
}

/** `!<tag:example.org,2000:x>` */
function scanVerbatim(cursor: Cursor, start: Mark): TagName {
  cursor.skipMany(2)
  const suffix = scanTagUri(cursor, { start, head: '' })
  if (cursor.peek() !== 0x3e) throw scannerError(start, "did not find the expected '>'", cursor.mark())
  cursor.skip()
  return { handle: '', suffix }
}

function scanShorthand(cursor: Cursor, start: Mark): TagName {
  const handle = scanTagHandle(cursor, { start, directive: false })
  if (handle.length > 1 && handle.endsWith('!')) {
    return { handle, suffix: scanTagUri(cursor, { start, head: '' }) }
  }
  const suffix = scanTagUri(cursor, { start, head: handle })
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix }
}

export function scanTagHandle(
  cursor: Cursor,
  scan: { readonly start: Mark; readonly directive: boolean },
): string {
  if (cursor.peek() !== BANG) throw scannerError(scan.start, "did not find expected '!'", cursor.mark())
  cursor.skip()
  let handle = `!${cursor.takeWhile(isWord)}`
  if (cursor.peek() === BANG) {
    cursor.skip()
    handle += '!'
  } else if (scan.directive && handle !== '!') {
    throw scannerError(scan.start, "did not find expected '!'", cursor.mark())
  }
  return handle
}

/** @param scan.head what was read while looking for a handle; its `!` is not part of the suffix */
export function scanTagUri(cursor: Cursor, scan: { readonly start: Mark; readonly head: string }): string {
  let uri = scan.head.slice(1)
  let found = scan.head !== ''
  for (;;) {
    const unit = cursor.peek()
    if (!isWord(unit) && !URI_PUNCTUATION.has(unit)) break
    if (unit === PERCENT) {
      uri += takeUriEscape(cursor, scan.start)
    } else {
      uri += String.fromCharCode(unit)
      cursor.skip()
    }
    found = true
  }
  if (!found) throw scannerError(scan.start, 'did not find expected tag URI', cursor.mark())
  return uri
}

/** A percent-encoded UTF-8 sequence. */
function takeUriEscape(cursor: Cursor, start: Mark): string {
  const bytes: number[] = []
  let width = 1
  while (bytes.length < width) {
    const high = hexValue(cursor.peek(1))
    const low = hexValue(cursor.peek(2))
    if (cursor.peek() !== PERCENT || high < 0 || low < 0) {
      throw scannerError(start, 'did not find URI escaped octet', cursor.mark())
    }
    const octet = high * 16 + low
    if (bytes.length === 0) {
      width = utf8Width(octet)
      if (width === 0) throw scannerError(start, 'found an incorrect leading UTF-8 octet', cursor.mark())
    } else if ((octet & 0xc0) !== 0x80) {
      throw scannerError(start, 'found an incorrect trailing UTF-8 octet', cursor.mark())
    }
    bytes.push(octet)
    cursor.skipMany(3)
  }
  return new TextDecoder().decode(new Uint8Array(bytes))
}

function utf8Width(octet: number): number {
  if ((octet & 0x80) === 0) return 1
  if ((octet & 0xe0) === 0xc0) return 2
  if ((octet & 0xf0) === 0xe0) return 3
  return (octet & 0xf8) === 0xf0 ? 4 : 0
}

export function scanAnchor(cursor: Cursor, type: 'alias' | 'anchor'): Token {
  const start = cursor.mark()
  cursor.skip()
  const name = cursor.takeWhile(isWord)
  const next = cursor.peek()
  if (name === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(String.fromCharCode(next)))) {
    throw scannerError(start, 'did not find expected alphabetic or numeric character', cursor.mark())
  }
  return { type, name, start, end: cursor.mark() }
}
