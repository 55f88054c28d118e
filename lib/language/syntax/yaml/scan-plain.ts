import { isBlank, isBlankOrEnd, isBreak, LF, TAB } from './characters'
import type { Cursor } from './cursor'
import { scannerError } from './error'
import type { Mark } from './mark'
import type { Token } from './token'

const COLON = 0x3a
const HASH = 0x23

export interface PlainScan {
  readonly token: Token
  /** The scalar ended after a line break, so a simple key may follow. */
  readonly crossedLine: boolean
}

/** @param context.indent the indentation of the enclosing block collection, -1 at the root */
export function scanPlain(
  cursor: Cursor,
  context: { readonly indent: number; readonly flow: boolean },
): PlainScan {
  const start = cursor.mark()
  const indent = context.indent + 1
  let end = start
  let value = ''
  let gap = new Gap()
  for (;;) {
    if (cursor.peek() === HASH || cursor.atDocumentIndicator()) break
    const text = takeWord(cursor, context.flow)
    if (text !== '') {
      value += gap.join() + text
      gap = new Gap()
      end = cursor.mark()
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break
    takeGap(cursor, gap, { start, indent })
    if (!context.flow && cursor.column < indent) break
  }
  return { token: { type: 'scalar', value, style: 'plain', start, end }, crossedLine: gap.hasBreak }
}

/** The run up to the next blank, line break or indicator that ends a plain scalar. */
function takeWord(cursor: Cursor, flow: boolean): string {
  const { text } = cursor
  return cursor.takeWhile((unit, at) => {
    if (unit === COLON) return at + 1 < text.length && !isBlankOrEnd(text.charCodeAt(at + 1))
    return !isBlankOrEnd(unit) && !(flow && endsInFlow(unit))
  })
}

/** `,` `?` `[` `]` `{` `}` */
function endsInFlow(unit: number): boolean {
  return unit === 0x2c || unit === 0x3f || unit === 0x5b || unit === 0x5d || unit === 0x7b || unit === 0x7d
}

function takeGap(cursor: Cursor, gap: Gap, scalar: { readonly start: Mark; readonly indent: number }): void {
  for (;;) {
    const unit = cursor.peek()
    if (isBlank(unit)) {
      if (gap.hasBreak && unit === TAB && cursor.column < scalar.indent) {
        throw scannerError(scalar.start, 'found a tab character that violates indentation', cursor.mark())
      }
      gap.addBlank(unit)
      cursor.skip()
    } else if (isBreak(unit)) {
      gap.addBreak(cursor.takeBreak())
    } else {
      return
    }
  }
}

/** White space inside a flow scalar: blanks are kept on one line; line breaks fold. */
export class Gap {
  hasBreak = false
  private blanks = ''
  private firstBreak = ''
  private moreBreaks = ''

  addBlank(unit: number): void {
    if (!this.hasBreak) this.blanks += String.fromCharCode(unit)
  }

  addBreak(text: string): void {
    if (this.hasBreak) {
      this.moreBreaks += text
    } else {
      this.blanks = ''
      this.firstBreak = text
      this.hasBreak = true
    }
  }

  /** An escaped line break: what follows is trimmed, nothing is put in its place. */
  addEscapedBreak(): void {
    this.hasBreak = true
  }

  join(): string {
    if (!this.hasBreak) return this.blanks
    if (this.firstBreak.charCodeAt(0) !== LF) return this.firstBreak + this.moreBreaks
    return this.moreBreaks === '' ? ' ' : this.moreBreaks
  }
}
