import * as char from './characters'
import { Cursor } from './cursor'
import { scannerError } from './error'
import { IndentStack } from './indents'
import type { Mark } from './mark'
import { scanBlock } from './scan-block'
import { scanDirective } from './scan-directive'
import { scanPlain } from './scan-plain'
import { scanQuoted } from './scan-quoted'
import { scanAnchor, scanTag } from './scan-tag'
import { SimpleKeys } from './simple-keys'
import { skipToToken } from './skip-to-token'
import type { PunctuationType, Token } from './token'

/** Tokens that must be waiting behind the next one: the reference's scanner runs this far ahead of its parser. */
const LOOKAHEAD = 2

/**
 * Splits a document into tokens, as many ahead of the parser as the reference does: which of two
 * problems is reported first depends on it.
 */
export class Scanner {
  readonly cursor: Cursor
  private queue: Token[] = []
  private head = 0
  /** Tokens given to the parser so far; with the queue it numbers tokens. */
  private taken = 0
  private flowLevel = 0
  private simpleKeyAllowed = true
  private readonly indents: IndentStack
  private readonly keys: SimpleKeys

  constructor(text: string) {
    this.cursor = new Cursor(text)
    this.keys = new SimpleKeys(this.cursor)
    this.indents = new IndentStack()
  }

  /** The next token, which stays next. */
  peek(): Token {
    while (this.needsMore()) this.fetch()
    const token = this.queue[this.head]
    if (token === undefined) throw new RangeError('the scanner ran dry')
    return token
  }

  skip(): void {
    this.peek()
    this.head++
    this.taken++
    if (this.head > 64) {
      this.queue.splice(0, this.head)
      this.head = 0
    }
  }

  private needsMore(): boolean {
    if (this.head >= this.queue.length - LOOKAHEAD) return true
    return this.keys.mayStartAt(this.taken)
  }

  private fetch(): void {
    const { cursor } = this
    const { offset, line, column, index } = cursor
    const crossedLine = skipToToken(cursor, { flow: this.flowLevel > 0, keyAllowed: this.simpleKeyAllowed })
    if (crossedLine && this.flowLevel === 0) this.simpleKeyAllowed = true
    if (this.indents.current > cursor.column) this.unrollTo(cursor.column, { offset, line, column, index })
    const unit = cursor.peek()
    if (unit === char.NUL) this.fetchStreamEnd()
    else if (cursor.column === 0 && unit === 0x25) this.fetchDirective()
    else if (cursor.column === 0 && cursor.atIndicator('---')) this.fetchDocumentIndicator('document-start')
    else if (cursor.column === 0 && cursor.atIndicator('...')) this.fetchDocumentIndicator('document-end')
    else this.fetchContent(String.fromCharCode(unit))
  }

  private fetchContent(letter: string): void {
    const blankNext = char.isBlankOrEnd(this.cursor.peek(1))
    const flow = this.flowLevel > 0
    if (letter === '[') this.fetchFlowStart('flow-sequence-start')
    else if (letter === '{') this.fetchFlowStart('flow-mapping-start')
    else if (letter === ']') this.fetchFlowEnd('flow-sequence-end')
    else if (letter === '}') this.fetchFlowEnd('flow-mapping-end')
    else if (letter === ',') this.fetchFlowEntry()
    else if (letter === '-' && blankNext) this.fetchBlockEntry()
    else if (letter === '?' && (flow || blankNext)) this.fetchKey()
    else if (letter === ':' && (flow || blankNext)) this.fetchValue()
    else this.fetchScalarOrProperty(letter, blankNext)
  }

  private fetchScalarOrProperty(letter: string, blankNext: boolean): void {
    const { cursor } = this
    const flow = this.flowLevel > 0
    if (letter === '*') this.fetchKeyable(() => scanAnchor(cursor, 'alias'))
    else if (letter === '&') this.fetchKeyable(() => scanAnchor(cursor, 'anchor'))
    else if (letter === '!') this.fetchKeyable(() => scanTag(cursor))
    else if ((letter === '|' || letter === '>') && !flow) this.fetchBlockScalar()
    else if (letter === "'" || letter === '"') this.fetchKeyable(() => scanQuoted(cursor))
    else if (startsPlain(letter, { blankNext, blank: char.isBlank(cursor.peek(1)), flow })) this.fetchPlain()
    else throw this.error('found character that cannot start any token')
  }

  private error(problem: string): Error {
    const at = this.cursor.mark()
    return scannerError(at, problem, at)
  }

  private push(type: PunctuationType, start: Mark): void {
    this.queue.push({ type, start, end: this.cursor.mark() })
  }

  private insert(number: number, type: PunctuationType, at: Mark): void {
    this.queue.splice(this.head + number - this.taken, 0, { type, start: at, end: at })
  }

  private nextNumber(): number {
    return this.taken + this.queue.length - this.head
  }

  private saveKey(): void {
    if (!this.simpleKeyAllowed) return
    const required = this.flowLevel === 0 && this.indents.current === this.cursor.column
    this.keys.save({ required, token: this.nextNumber() })
  }

  private rollTo(type: 'block-sequence-start' | 'block-mapping-start', at: Mark, number: number): void {
    if (this.flowLevel > 0 || this.indents.current >= at.column) return
    if (!this.indents.push(at.column)) throw this.depthError()
    this.insert(number, type, at)
  }

  private unrollTo(column: number, at: Mark): void {
    if (this.flowLevel > 0) return
    while (this.indents.current > column) {
      this.queue.push({ type: 'block-end', start: at, end: at })
      this.indents.pop()
    }
  }

  private depthError(): Error {
    return scannerError(this.keys.lastMark(), 'exceeded max depth of 10000', this.cursor.mark())
  }

  private fetchStreamEnd(): void {
    const { cursor } = this
    if (cursor.column !== 0) {
      cursor.column = 0
      cursor.line++
    }
    this.unrollTo(-1, cursor.mark())
    this.keys.remove()
    this.simpleKeyAllowed = false
    this.push('stream-end', cursor.mark())
  }

  private fetchDirective(): void {
    this.unrollTo(-1, this.cursor.mark())
    this.keys.remove()
    this.simpleKeyAllowed = false
    this.queue.push(scanDirective(this.cursor))
  }

  private fetchDocumentIndicator(type: 'document-start' | 'document-end'): void {
    this.unrollTo(-1, this.cursor.mark())
    this.keys.remove()
    this.simpleKeyAllowed = false
    const start = this.cursor.mark()
    this.cursor.skipMany(3)
    this.push(type, start)
  }

  private fetchFlowStart(type: 'flow-sequence-start' | 'flow-mapping-start'): void {
    this.saveKey()
    this.flowLevel++
    if (!this.keys.enter()) throw this.depthError()
    this.simpleKeyAllowed = true
    this.pushIndicator(type)
  }

  private fetchFlowEnd(type: 'flow-sequence-end' | 'flow-mapping-end'): void {
    this.keys.remove()
    if (this.flowLevel > 0) {
      this.flowLevel--
      this.keys.leave()
    }
    this.simpleKeyAllowed = false
    this.pushIndicator(type)
  }

  private fetchFlowEntry(): void {
    this.keys.remove()
    this.simpleKeyAllowed = true
    this.pushIndicator('flow-entry')
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw this.error('block sequence entries are not allowed in this context')
      this.rollTo('block-sequence-start', this.cursor.mark(), this.nextNumber())
    }
    this.keys.remove()
    this.simpleKeyAllowed = true
    this.pushIndicator('block-entry')
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw this.error('mapping keys are not allowed in this context')
      this.rollTo('block-mapping-start', this.cursor.mark(), this.nextNumber())
    }
    this.keys.remove()
    this.simpleKeyAllowed = this.flowLevel === 0
    this.pushIndicator('key')
  }

  private fetchValue(): void {
    const key = this.keys.take()
    if (key !== undefined) {
      this.insert(key.token, 'key', key.mark)
      this.rollTo('block-mapping-start', key.mark, key.token)
      this.simpleKeyAllowed = false
    } else {
      if (this.flowLevel === 0) {
        if (!this.simpleKeyAllowed) throw this.error('mapping values are not allowed in this context')
        this.rollTo('block-mapping-start', this.cursor.mark(), this.nextNumber())
      }
      this.simpleKeyAllowed = this.flowLevel === 0
    }
    this.pushIndicator('value')
  }

  private pushIndicator(type: PunctuationType): void {
    const start = this.cursor.mark()
    this.cursor.skip()
    this.push(type, start)
  }

  private fetchKeyable(scan: () => Token): void {
    this.saveKey()
    this.simpleKeyAllowed = false
    this.queue.push(scan())
  }

  private fetchBlockScalar(): void {
    this.keys.remove()
    this.simpleKeyAllowed = true
    this.queue.push(scanBlock(this.cursor, this.indents.current))
  }

  private fetchPlain(): void {
    this.saveKey()
    this.simpleKeyAllowed = false
    const scan = scanPlain(this.cursor, { indent: this.indents.current, flow: this.flowLevel > 0 })
    if (scan.crossedLine) this.simpleKeyAllowed = true
    this.queue.push(scan.token)
  }
}

const NEVER_PLAIN = new Set('-?:,[]{}#&*!|>\'"%@`')

function startsPlain(
  letter: string,
  next: { readonly blankNext: boolean; readonly blank: boolean; readonly flow: boolean },
): boolean {
  if (letter === '-') return !next.blank
  if (letter === '?' || letter === ':') return !next.flow && !next.blankNext
  return !NEVER_PLAIN.has(letter) && !char.isBlankOrEnd(letter.charCodeAt(0))
}
