import type { Token } from '../../syntax/yaml/token'
import type { SourceText } from '../source'

/**
 * A comment and what it waits for: it goes to the first node whose token stands at or behind `wait`. The rules of this
 * file are those by which the reference decides what a comment is about.
 */
export interface Comment {
  kind: 'head' | 'line' | 'foot'
  text: string
  wait: number
  /** Where the white space in which it was found begins and ends; 0 for comments beside something. */
  readonly scanFrom: number
  readonly scanTo: number
  readonly start: Place
}

/** Offset, line from 0, column from 1 as the reference counts it here. */
export interface Place {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** What the scanner knows when it meets a comment. */
export interface CommentContext {
  readonly source: SourceText
  /** Offset of the `#`. */
  readonly at: number
  /** Where the search for the next token began. */
  readonly scanFrom: Place
  /** The last token, or the one before a comma. */
  readonly token: Pick<Token, 'type' | 'start'> | undefined
  /** Column of the innermost open block. */
  readonly indent: number
  readonly inFlow: boolean
}

/** The reference looks this far for the next comment line. */
const lookahead = 512

/** Splits a run of comment lines into foot comments of what was before and the head comment of what follows. */
export class CommentRun {
  readonly comments: Comment[] = []
  #text = ''
  #start: Place = { offset: 0, line: 0, column: 0 }
  #wait: number
  #scanFrom: number
  #recentEmpty = false
  #firstEmpty: boolean
  readonly #footLine: number
  readonly #indent: number

  constructor(readonly context: CommentContext) {
    const { source, at, token, scanFrom } = context
    const { text } = source
    const newlines = breaksBefore(text, at)
    const { line, column } = placeOf(source, at)
    this.#wait = token?.start.offset ?? 0
    this.#scanFrom = scanFrom.offset
    this.#firstEmpty = newlines <= 1
    this.#footLine = scanFrom.line > 0 ? line - newlines + 1 + (newlines === 0 && column > 1 ? 1 : 0) : -1
    this.#indent = Math.max(0, context.indent)
  }

  /** Reads the run and returns the offset behind its last comment. */
  read(): number {
    const { source } = this.context
    const { text } = source
    let mark = this.context.at
    let { line, column } = placeOf(source, mark)
    let peek = 0
    for (; peek < lookahead; peek++) {
      column++
      const at = mark + peek
      const character = text[at] ?? ''
      if (character === ' ' || character === '\t') continue
      const place = { offset: at, line, column }
      if (this.#closesFlow(character) || isBreakOrEnd(character)) {
        this.#emptyLine(character, place)
        if (character === '' || this.#closesFlow(character)) break
        column = 0
        line++
        continue
      }
      if (this.#text !== '' && column - 1 < this.#indent && column !== this.#start.column) this.#foot(place)
      if (character !== '#') break
      if (this.#text === '') this.#start = place
      else this.#text += '\n'
      this.#recentEmpty = false
      mark = lineEnd(text, at)
      this.#text += text.slice(at, mark)
      line = placeOf(source, mark).line
      column = 0
      peek = 0
    }
    this.#head({ offset: mark + peek - 1, line, column })
    return mark
  }

  #closesFlow(character: string): boolean {
    return this.context.inFlow && (character === ']' || character === '}')
  }

  /** The first empty line ends what may be a foot comment; others part a head comment. */
  #emptyLine(character: string, place: Place): void {
    const closes = this.#closesFlow(character)
    if (closes || !this.#recentEmpty) {
      const dedented = this.#start.column - 1 < this.#indent
      const below = this.#start.line === this.#footLine && this.context.token?.type !== 'value'
      if (closes || (this.#firstEmpty && (below || dedented))) {
        if (this.#text !== '') {
          // Less indented, it has nothing to do with the token before.
          if (dedented) this.#wait = this.#start.offset
          this.#foot(place)
        }
      } else if (this.#text !== '' && character !== '') this.#text += '\n'
    }
    if (!closes && character !== '') {
      this.#firstEmpty = false
      this.#recentEmpty = true
    }
  }

  #foot(place: Place): void {
    const { offset } = place
    const comment = {
      text: this.#text,
      start: this.#start,
      wait: this.#wait,
      scanFrom: this.#scanFrom,
      scanTo: offset,
    }
    this.comments.push({ kind: 'foot', ...comment })
    this.#scanFrom = offset
    this.#wait = offset
    this.#text = ''
  }

  #head({ offset }: Place): void {
    if (this.#text === '') return
    const { offset: wait } = this.#start
    const comment = { text: this.#text, start: this.#start, wait, scanFrom: this.#scanFrom, scanTo: offset }
    this.comments.push({ kind: 'head', ...comment })
  }
}

/** The comment on the rest of a line, if there is one and nothing but blanks before it. */
export function commentBeside(source: SourceText, from: number, wait: number): Comment | undefined {
  const { text } = source
  const blanks = /^[ \t]*/.exec(text.slice(from, from + lookahead))?.[0].length ?? 0
  const at = from + blanks
  if (text[at] !== '#') return undefined
  const comment = { text: text.slice(at, lineEnd(text, at)), wait, scanFrom: 0, scanTo: 0 }
  return { kind: 'line', ...comment, start: placeOf(source, at) }
}

/** How many line breaks stand between an offset and the last visible character before it. */
export function breaksBefore(text: string, offset: number): number {
  let count = 0
  for (let at = offset - 1; at >= 0; at--) {
    const character = text[at]
    if (character === '\n') count++
    else if (character === '\r') count += text[at + 1] === '\n' ? 0 : 1
    else if (character !== ' ' && character !== '\t') break
  }
  return count
}

export function lineEnd(text: string, from: number): number {
  const line = /[^\r\n]*/y
  line.lastIndex = from
  line.exec(text)
  return line.lastIndex
}

function isBreakOrEnd(character: string): boolean {
  return character === '' || character === '\n' || character === '\r'
}

/** Line and column from 0. */
export function placeOf(source: SourceText, offset: number): Place {
  const { line, column } = source.positionAt(offset)
  return { offset, line: line - 1, column: column - 1 }
}
