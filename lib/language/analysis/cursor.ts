import type { Span } from '../edit/source'
import { SourceText } from '../edit/source'
import type { PropertyPath } from '../syntax/path'
import { FlowScanner } from './flow'

/**
 * Where a person is typing. It is read from the lines above the cursor alone, by their indentation, because the text is
 * usually not YAML at that moment.
 */
export interface Cursor {
  /**
   * `key`: a key (or a scalar where a key could stand), `value`: behind a key or in a list, `reference`: behind `${`,
   * `text`: inside a block scalar or a comment, where nothing is offered.
   */
  readonly place: 'key' | 'value' | 'reference' | 'text'
  /** Keys and indices that lead to the collection (`key`) or the value (`value`) at the cursor. */
  readonly path: PropertyPath
  /** What is typed of the word at the cursor, up to the cursor. */
  readonly prefix: string
  /** The word at the cursor, to be replaced by a suggestion. */
  readonly word: Span
  /** Column (from 0) of the line's first key or of the cursor, the reference for text inserted on further lines. */
  readonly indent: number
  readonly inFlow: boolean
  readonly quoted: boolean
}

/** Finds out where `offset` stands. Time is linear in the text above it. */
export function locateCursor(text: string, offset: number): Cursor {
  const source = new SourceText(text)
  const { line, column } = source.positionAt(offset)
  const scan = new BlockScan()
  for (let at = 1; at < line; at++) {
    scan.line(text.slice(source.lineStart(at), source.lineEnd(at)), source.lineStart(at))
  }
  const start = source.lineStart(line)
  const before = text.slice(start, start + column - 1)
  const after = text.slice(start + column - 1, source.lineEnd(line))
  return scan.cursor({ before, after, start })
}

interface Frame {
  readonly column: number
  /** A key, or the index of a list element. */
  readonly element: string | number
}

interface CurrentLine {
  readonly before: string
  readonly after: string
  readonly start: number
}

const quotedKey = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s*:(?=\s|$)/
const plainKey = /^([^\s#&*!|>'"%@`[\]{},][^#]*?|[^\s#&*!|>'"%@`[\]{},])\s*:(?=\s|$)/
const blockHeader = /^(?:[&!]\S*\s+)*[|>][-+0-9]*\s*(?:\s#.*)?$/

/** The keys and dashes of the lines read so far that are still open, by their columns. */
class BlockScan {
  readonly #frames: Frame[] = []
  /** Column that the lines of the block scalar being read exceed. */
  #scalar: number | undefined
  #flow: FlowScanner | undefined

  line(text: string, offset: number): void {
    if (this.#continues(text, offset)) return
    const rest = this.#enter(text)
    const value = text.slice(rest)
    if (blockHeader.test(value)) this.#scalar = this.#column
    else if (/^[[{"']/.test(value)) this.#push(new FlowScanner(), `${value}\n`, offset + rest)
  }

  cursor({ before, after, start }: CurrentLine): Cursor {
    const reference = openReference(before)
    const inScalar = this.#inScalar(before, before.length)
    if (reference === undefined && (inScalar || isInComment(before))) return this.#text(start + before.length)
    const cursor =
      inScalar || this.#flow !== undefined ? this.#inFlow(before, start) : this.#inBlock(before, start)
    const wordEnd = (pattern: RegExp) => start + before.length + (pattern.exec(after)?.[0].length ?? 0)
    if (reference !== undefined) {
      const word: Span = [start + reference, wordEnd(/^[^\s}]*/)]
      return { ...cursor, place: 'reference', prefix: before.slice(reference), word }
    }
    const end = wordEnd(cursor.inFlow ? /^[^\s:,[\]{}#'"]*/ : /^(?:[^\s:,[\]{}#'"]|:(?=\S))*/)
    return { ...cursor, word: [cursor.word[0], end] }
  }

  get #column(): number {
    return this.#frames.at(-1)?.column ?? -1
  }

  get #path(): PropertyPath {
    return this.#frames.map((frame) => frame.element)
  }

  /** Whether a line belongs to something that an earlier line opened, or says nothing. */
  #continues(text: string, offset: number): boolean {
    if (this.#inScalar(text, undefined)) return true
    this.#scalar = undefined
    const indent = text.search(/[^ ]/)
    if (this.#flow !== undefined) {
      // A bracket that was never closed must not swallow the rest of the document.
      if (indent > this.#column || readKey(text.trimStart()) === undefined) {
        this.#push(this.#flow, `${text}\n`, offset)
        return true
      }
      this.#flow = undefined
    }
    return indent < 0 || text[indent] === '#'
  }

  #inScalar(text: string, column: number | undefined): boolean {
    if (this.#scalar === undefined) return false
    const indent = text.search(/[^ ]/)
    if (indent < 0) return column === undefined || column > this.#scalar
    return indent > this.#scalar
  }

  #push(flow: FlowScanner, text: string, offset: number): void {
    flow.push(text, offset)
    this.#flow = flow.open ? flow : undefined
  }

  /** Reads dashes and the key of a line into frames, and returns where the line's value begins. */
  #enter(text: string): number {
    const at = this.#enterItems(text)
    const key = readKey(text.slice(at))
    if (key === undefined) return at
    this.#drop(at)
    this.#frames.push({ column: at, element: key.name })
    return at + key.length
  }

  #enterItems(text: string): number {
    let at = Math.max(0, text.search(/[^ ]/))
    for (;;) {
      const dash = /^-(?:\s+|$)/.exec(text.slice(at))
      if (dash === null) return at
      this.#enterItem(at)
      at += dash[0].length
    }
  }

  #enterItem(column: number): void {
    // A list may stand at the column of its key, so a key at this column stays.
    this.#drop(column + 1)
    const last = this.#frames.at(-1)
    const index = last?.column === column && typeof last.element === 'number' ? last.element + 1 : 0
    if (index > 0) this.#frames.pop()
    this.#frames.push({ column, element: index })
  }

  #drop(column: number): void {
    while (this.#column >= column) this.#frames.pop()
  }

  #inBlock(before: string, start: number): Cursor {
    const blank = before.trim() === ''
    const at = blank ? before.length : this.#enterItems(before)
    // Right behind a colon the key may go on, as in `fn::`.
    const found = blank ? undefined : readKey(before.slice(at))
    const key = found?.complete ? found : undefined
    const indent = at
    if (key === undefined) {
      this.#drop(at)
      const prefix = before.slice(at)
      const scalar = /^["'[{]/.test(prefix) ? this.#inValue(before, at, start) : undefined
      return scalar ?? { ...this.#here('key', start + at, indent), prefix }
    }
    this.#drop(at)
    this.#frames.push({ column: at, element: key.name })
    return { ...this.#inValue(before, at + key.length, start), indent }
  }

  #inValue(before: string, at: number, start: number): Cursor {
    const value = before.slice(at)
    if (!/^["'[{]/.test(value)) return { ...this.#here('value', start + at, at), prefix: value }
    this.#flow = new FlowScanner()
    return this.#inFlow(before, start, at)
  }

  #inFlow(before: string, start: number, from = 0): Cursor {
    const flow = this.#flow ?? new FlowScanner()
    flow.push(before.slice(from), start + from)
    const { tokenStart, place, quote } = flow
    return {
      ...this.#here(place, tokenStart, before.search(/[^ ]|$/)),
      path: [...this.#path, ...flow.path],
      prefix: before.slice(Math.max(0, tokenStart - start)),
      inFlow: flow.path.length > 0 || place === 'key',
      quoted: quote !== undefined,
    }
  }

  #here(place: 'key' | 'value', wordStart: number, indent: number): Omit<Cursor, 'prefix'> {
    return { place, path: this.#path, word: [wordStart, wordStart], indent, inFlow: false, quoted: false }
  }

  #text(offset: number): Cursor {
    return { ...this.#here('value', offset, 0), place: 'text', prefix: '' }
  }
}

interface LineKey {
  readonly name: string
  /** Key, colon and the blanks behind it. */
  readonly length: number
  /** Whether something follows the colon. */
  readonly complete: boolean
}

function readKey(text: string): LineKey | undefined {
  const match = quotedKey.exec(text) ?? plainKey.exec(text)
  if (match === null) return undefined
  const blanks = /^\s*/.exec(text.slice(match[0].length))?.[0].length ?? 0
  const length = match[0].length + blanks
  return { name: match[1] ?? match[2] ?? '', length, complete: match[0].length < text.length }
}

/** Offset behind the last `${` of the line that is still open at its end. */
function openReference(before: string): number | undefined {
  const at = before.lastIndexOf('${')
  if (at < 0 || /[\s}]/.test(before.slice(at))) return undefined
  let dollars = 0
  while (before[at - 1 - dollars] === '$') dollars++
  // An even number of dollar signs is an escape (language.md §7.1).
  return dollars % 2 === 1 ? undefined : at + 2
}

/** Whether a `#` outside of quotes begins a comment. */
function isInComment(before: string): boolean {
  let quote: string | undefined
  for (let at = 0; at < before.length; at++) {
    const character = before[at]
    if (quote === '"' && character === '\\') at++
    else if (quote !== undefined) quote = character === quote ? undefined : quote
    else if (character === '#' && /^$|\s/.test(before[at - 1] ?? '')) return true
    else if ((character === '"' || character === "'") && /^$|[\s:,[{-]/.test(before[at - 1] ?? ''))
      quote = character
  }
  return false
}
