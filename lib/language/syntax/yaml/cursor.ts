import { BOM, CR, isBlankOrEnd, isBreak, LF, NEL } from './characters'
import type { Mark } from './mark'

/** Reads the source one character at a time and knows where it is. */
export class Cursor {
  offset = 0
  line = 0
  column = 0
  /** UTF-16 units that do not count as characters: second halves of pairs, and a byte order mark. */
  private astral = 0

  constructor(readonly text: string) {
    if (text.charCodeAt(0) === BOM) {
      this.offset = 1
      this.astral = 1
    }
  }

  /** The UTF-16 unit that many units ahead; 0 at the end of the input. */
  peek(ahead = 0): number {
    const at = this.offset + ahead
    return at < this.text.length ? this.text.charCodeAt(at) : 0
  }

  mark(): Mark {
    return { line: this.line, column: this.column, index: this.offset - this.astral, offset: this.offset }
  }

  get index(): number {
    return this.offset - this.astral
  }

  /** Steps over one character that is not a line break. */
  skip(): void {
    const unit = this.peek()
    if (unit >= 0xd800 && unit <= 0xdbff) {
      this.offset += 2
      this.astral++
    } else {
      this.offset++
    }
    this.column++
  }

  skipMany(count: number): void {
    for (let i = 0; i < count; i++) this.skip()
  }

  /** Steps over characters while the predicate holds for their first unit and its offset; returns their text. */
  takeWhile(accept: (unit: number, at: number) => boolean): string {
    const { text, offset: start } = this
    let at = start
    let pairs = 0
    while (at < text.length) {
      const unit = text.charCodeAt(at)
      if (!accept(unit, at)) break
      const astral = unit >= 0xd800 && unit <= 0xdbff
      if (astral) pairs++
      at += astral ? 2 : 1
    }
    this.offset = at
    this.column += at - start - pairs
    this.astral += pairs
    return text.slice(start, at)
  }

  /** Steps over one line break, if there is one; returns it normalized. */
  takeBreak(): string {
    const unit = this.peek()
    if (!isBreak(unit)) return ''
    this.offset += unit === CR && this.peek(1) === LF ? 2 : 1
    this.line++
    this.column = 0
    return unit === CR || unit === LF || unit === NEL ? '\n' : String.fromCharCode(unit)
  }

  /** Whether `---` or `...` stands alone here at the beginning of a line. */
  atDocumentIndicator(): boolean {
    return this.column === 0 && (this.atIndicator('---') || this.atIndicator('...'))
  }

  atIndicator(indicator: string): boolean {
    return this.text.startsWith(indicator, this.offset) && isBlankOrEnd(this.peek(3))
  }
}
