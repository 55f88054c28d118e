import { isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord } from './characters'
import type { Cursor } from './cursor'
import { scannerError } from './error'
import type { Mark } from './mark'
import { scanTagHandle, scanTagUri } from './scan-tag'
import type { Token } from './token'

const MAX_VERSION_DIGITS = 2

/** `%YAML 1.1` or `%TAG !e! tag:example.org,2000:` */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.mark()
  cursor.skip()
  const name = cursor.takeWhile(isWord)
  if (name === '') throw scannerError(start, 'could not find expected directive name', cursor.mark())
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError(start, 'found unexpected non-alphabetical character', cursor.mark())
  }
  if (name !== 'YAML' && name !== 'TAG')
    throw scannerError(start, 'found unknown directive name', cursor.mark())
  const token = name === 'YAML' ? scanVersion(cursor, start) : scanTagDirective(cursor, start)
  endLine(cursor, start)
  return token
}

function endLine(cursor: Cursor, start: Mark): void {
  cursor.takeWhile(isBlank)
  if (cursor.peek() === 0x23) cursor.takeWhile((unit) => !isBreakOrEnd(unit))
  if (!isBreakOrEnd(cursor.peek())) {
    throw scannerError(start, 'did not find expected comment or line break', cursor.mark())
  }
  cursor.takeBreak()
}

function scanVersion(cursor: Cursor, start: Mark): Token {
  cursor.takeWhile(isBlank)
  const major = takeVersionNumber(cursor, start)
  if (cursor.peek() !== 0x2e) {
    throw scannerError(start, "did not find expected digit or '.' character", cursor.mark())
  }
  cursor.skip()
  const minor = takeVersionNumber(cursor, start)
  return { type: 'version-directive', major, minor, start, end: cursor.mark() }
}

function takeVersionNumber(cursor: Cursor, start: Mark): number {
  const digits = cursor.takeWhile(isDigit)
  if (digits.length > MAX_VERSION_DIGITS) {
    throw scannerError(start, 'found extremely long version number', cursor.mark())
  }
  if (digits === '') throw scannerError(start, 'did not find expected version number', cursor.mark())
  return Number(digits)
}

function scanTagDirective(cursor: Cursor, start: Mark): Token {
  cursor.takeWhile(isBlank)
  const handle = scanTagHandle(cursor, { start, directive: true })
  if (!isBlank(cursor.peek())) throw scannerError(start, 'did not find expected whitespace', cursor.mark())
  cursor.takeWhile(isBlank)
  const prefix = scanTagUri(cursor, { start, head: '' })
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError(start, 'did not find expected whitespace or line break', cursor.mark())
  }
  return { type: 'tag-directive', handle, prefix, start, end: cursor.mark() }
}
