import { isBlank, isBreak, isBreakOrEnd, isDigit, LF, NUL, SPACE, TAB } from './characters'
import type { Cursor } from './cursor'
import { scannerError } from './error'
import type { Mark } from './mark'
import type { Token } from './token'

const HASH = 0x23
const PIPE = 0x7c
const PLUS = 0x2b
const MINUS = 0x2d

type Chomping = 'clip' | 'keep' | 'strip'

interface Header {
  readonly chomping: Chomping
  readonly increment: number
}

/** A literal or folded scalar. @param outerIndent indentation of the enclosing collection, -1 at the root */
export function scanBlock(cursor: Cursor, outerIndent: number): Token {
  const start = cursor.mark()
  const literal = cursor.peek() === PIPE
  cursor.skip()
  const header = scanHeader(cursor, start)
  const lines = new Lines(cursor, { start, outerIndent })
  if (header.increment > 0) lines.indent = Math.max(outerIndent, 0) + header.increment
  const value = literal ? lines.takeLiteral(header.chomping) : lines.takeFolded(header.chomping)
  return { type: 'scalar', value, style: literal ? 'literal' : 'folded', start, end: lines.end }
}

function scanHeader(cursor: Cursor, start: Mark): Header {
  let chomping = takeChomping(cursor)
  const increment = takeIncrement(cursor, start)
  if (chomping === 'clip' && increment > 0) chomping = takeChomping(cursor)
  cursor.takeWhile(isBlank)
  if (cursor.peek() === HASH) cursor.takeWhile((unit) => !isBreakOrEnd(unit))
  if (!isBreakOrEnd(cursor.peek())) {
    throw scannerError(start, 'did not find expected comment or line break', cursor.mark())
  }
  cursor.takeBreak()
  return { chomping, increment }
}

function takeChomping(cursor: Cursor): Chomping {
  const unit = cursor.peek()
  if (unit !== PLUS && unit !== MINUS) return 'clip'
  cursor.skip()
  return unit === PLUS ? 'keep' : 'strip'
}

function takeIncrement(cursor: Cursor, start: Mark): number {
  const unit = cursor.peek()
  if (!isDigit(unit)) return 0
  if (unit === 0x30) throw scannerError(start, 'found an indentation indicator equal to 0', cursor.mark())
  cursor.skip()
  return unit - 0x30
}

class Lines {
  /** 0 until known. */
  indent = 0
  end: Mark
  private value = ''
  private leadingBreak = ''
  private trailingBreaks = ''

  constructor(
    private readonly cursor: Cursor,
    private readonly scalar: { readonly start: Mark; readonly outerIndent: number },
  ) {
    this.end = cursor.mark()
  }

  takeLiteral(chomping: Chomping): string {
    this.takeBreaks()
    while (this.atLine()) {
      this.value += this.leadingBreak + this.trailingBreaks
      this.takeLine()
    }
    return this.chomp(chomping)
  }

  takeFolded(chomping: Chomping): string {
    this.takeBreaks()
    let afterBlank = false
    while (this.atLine()) {
      const beforeBlank = isBlank(this.cursor.peek())
      const folds = !afterBlank && !beforeBlank && this.leadingBreak.charCodeAt(0) === LF
      if (!folds) this.value += this.leadingBreak
      else if (this.trailingBreaks === '') this.value += ' '
      this.value += this.trailingBreaks
      afterBlank = beforeBlank
      this.takeLine()
    }
    return this.chomp(chomping)
  }

  private atLine(): boolean {
    return this.cursor.column === this.indent && this.cursor.peek() !== NUL
  }

  private takeLine(): void {
    this.value += this.cursor.takeWhile((unit) => !isBreakOrEnd(unit))
    this.leadingBreak = this.cursor.takeBreak()
    this.trailingBreaks = ''
    this.takeBreaks()
  }

  /** Indentation and empty lines; finds out the indentation when it is not known. */
  private takeBreaks(): void {
    const { cursor } = this
    let widest = 0
    this.end = cursor.mark()
    for (;;) {
      while (this.inIndentation() && cursor.peek() === SPACE) cursor.skip()
      widest = Math.max(widest, cursor.column)
      if (this.inIndentation() && cursor.peek() === TAB) {
        const problem = 'found a tab character where an indentation space is expected'
        throw scannerError(this.scalar.start, problem, cursor.mark())
      }
      if (!isBreak(cursor.peek())) break
      this.trailingBreaks += cursor.takeBreak()
      this.end = cursor.mark()
    }
    if (this.indent === 0) this.indent = Math.max(widest, this.scalar.outerIndent + 1, 1)
  }

  private inIndentation(): boolean {
    return this.indent === 0 || this.cursor.column < this.indent
  }

  private chomp(chomping: Chomping): string {
    if (chomping === 'strip') return this.value
    return this.value + this.leadingBreak + (chomping === 'keep' ? this.trailingBreaks : '')
  }
}
