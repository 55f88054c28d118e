import { isBlank, isBreak, isBreakOrEnd, SPACE, TAB } from './characters'
import type { Cursor } from './cursor'

const HASH = 0x23

/** How far the reference looks for the next line of a comment. */
const COMMENT_LOOKAHEAD = 512

/** Steps over white space, line breaks and comments. @returns whether a line break was crossed */
export function skipToToken(
  cursor: Cursor,
  context: { readonly flow: boolean; readonly keyAllowed: boolean },
): boolean {
  let crossedLine = false
  for (;;) {
    const tabs = context.flow || !(context.keyAllowed || crossedLine)
    while (cursor.peek() === SPACE || (tabs && cursor.peek() === TAB)) cursor.skip()
    if (cursor.peek() === HASH) skipComments(cursor)
    if (!isBreak(cursor.peek())) return crossedLine
    cursor.takeBreak()
    crossedLine = true
  }
}

/** A run of comment lines, blank lines between them included. */
function skipComments(cursor: Cursor): void {
  for (;;) {
    cursor.takeWhile((unit) => !isBreakOrEnd(unit))
    const next = nextComment(cursor)
    if (next < 0) return
    while (cursor.offset < next) {
      if (isBreak(cursor.peek())) cursor.takeBreak()
      else cursor.skip()
    }
  }
}

/** The offset of the next `#` if only white space is before it, else -1. */
function nextComment(cursor: Cursor): number {
  for (let ahead = 0; ahead < COMMENT_LOOKAHEAD; ahead++) {
    const unit = cursor.peek(ahead)
    if (unit === HASH) return cursor.offset + ahead
    if (!isBlank(unit) && !isBreak(unit)) return -1
  }
  return -1
}
