import { YamlError } from '../../syntax/yaml/error'
import { Scanner } from '../../syntax/yaml/scanner'
import type { Token } from '../../syntax/yaml/token'
import { SourceText } from '../source'
import { breaksBefore, type Comment, CommentRun, commentBeside, type Place, placeOf } from './comment-scan'

/** A token with the offset that comments are compared with; the end of a block may stand before its white space. */
export interface PlacedToken {
  readonly token: Token
  readonly at: number
}

/** Tokens that must be waiting behind the next one, so that comments are found in time. */
const waiting = 2

/**
 * The tokens of a valid text together with its comments. Where blocks end is decided here anew, since comments move
 * those ends.
 */
export class CommentedTokens {
  readonly source: SourceText
  readonly #written: readonly Token[]
  /** For every written token, by its offset, whether it is the first of a mapping key. */
  readonly #keys: ReadonlySet<number>
  readonly #queue: PlacedToken[] = []
  #head = 0
  #next = 0
  #mark: Place = { offset: 0, line: 0, column: 0 }
  #flowLevel = 0
  readonly #indents: number[] = []
  readonly #comments: Comment[] = []
  #taken = 0
  readonly pending = { head: '', line: '', foot: '' }

  constructor(text: string) {
    this.source = new SourceText(text)
    const { written, keys } = scan(text)
    this.#written = written
    this.#keys = keys
  }

  /** The next token; comments that wait for it become pending. */
  peek(): Token {
    while (this.#head >= this.#queue.length - waiting && this.#next < this.#written.length) this.#fetch()
    const placed = this.#queue[this.#head]
    if (placed === undefined) throw new RangeError('no token is left')
    this.#unfold(placed)
    return placed.token
  }

  skip(): void {
    this.#head++
  }

  /** Takes the pending comments for a node. */
  take(): { head: string; line: string; foot: string } {
    const taken = { ...this.pending }
    Object.assign(this.pending, { head: '', line: '', foot: '' })
    return taken
  }

  #unfold({ token, at }: PlacedToken): void {
    for (let comment = this.#comments[this.#taken]; comment !== undefined && at >= comment.wait; ) {
      // Nothing begins at the end of a block: the comment waits for what comes next.
      if (comment.kind === 'head' && comment.text !== '' && token.type === 'block-end') return
      const { kind, text } = comment
      if (text !== '') this.pending[kind] += this.pending[kind] === '' ? text : `\n${text}`
      comment.text = ''
      comment = this.#comments[++this.#taken]
    }
  }

  get #indent(): number {
    return this.#indents.at(-1) ?? -1
  }

  #fetch(): void {
    const token = this.#written[this.#next++]
    if (token === undefined) return
    const from = this.#mark
    this.#crossGap(token)
    const atEnd = token.type === 'stream-end'
    this.#unroll(atEnd ? placeOf(this.source, token.start.offset).column : token.start.column, from)
    if (endsBlocks(token)) this.#unroll(-1, this.#endMark(token))
    const last = this.#queue.at(-1)
    this.#push(token)
    const separates = token.type === (this.#flowLevel > 0 ? 'flow-entry' : 'value')
    const wait = separates && last !== undefined ? last.at : token.start.offset
    this.#leave(token, wait)
  }

  #endMark(token: Token): Place {
    const { offset, line, column } = placeOf(this.source, token.start.offset)
    return token.type === 'stream-end' && column !== 0
      ? { offset, line: line + 1, column: 0 }
      : { offset, line, column }
  }

  /** White space and comments before a token. */
  #crossGap(token: Token): void {
    const { text } = this.source
    for (;;) {
      const blank = /[\s\ufeff]*/y
      blank.lastIndex = this.#mark.offset
      blank.exec(text)
      const at = Math.min(blank.lastIndex, token.start.offset)
      this.#liftComment(at)
      if (at >= token.start.offset || text[at] !== '#') break
      this.#mark = placeOf(this.source, this.#readRun(at))
    }
  }

  #readRun(at: number): number {
    const last = this.#queue.at(-1)
    const before = last?.token.type === 'flow-entry' ? (this.#queue.at(-2) ?? last) : last
    const run = new CommentRun({
      source: this.source,
      at,
      scanFrom: this.#mark,
      token: before?.token,
      indent: this.#indent,
      inFlow: this.#flowLevel > 0,
    })
    const end = run.read()
    this.#comments.push(...run.comments)
    return end
  }

  /** A comment beside a key whose list begins below it is about the first element. */
  #liftComment(at: number): void {
    const comment = this.#comments.at(-1)
    const [start, dash] = [this.#queue.at(-2)?.token.type, this.#queue.at(-1)?.token.type]
    if (start !== 'block-sequence-start' || dash !== 'block-entry' || comment?.kind !== 'line') return
    if (comment.text === '' || /[\r\n]/.test(this.source.text[at] ?? '\n')) return
    comment.kind = 'head'
    if (comment.start.line === placeOf(this.source, at).line - 1) comment.wait = at
  }

  #unroll(column: number, from: Place): void {
    if (this.#flowLevel > 0) return
    let block = from.offset - 1
    while (this.#indent > column) {
      let stop = block
      for (let at = this.#comments.length - 1; at >= 0; at--) {
        const comment = this.#comments[at]
        if (comment === undefined || comment.scanTo < stop) break
        if (comment.start.column === this.#indent + 1) block = comment.start.offset
        stop = comment.scanFrom
      }
      const mark = { line: from.line, column: from.column, index: block, offset: block }
      this.#queue.push({ token: { type: 'block-end', start: mark, end: mark }, at: block })
      this.#indents.pop()
    }
  }

  #push(token: Token): void {
    const inBlock = this.#flowLevel === 0
    const column = token.start.column
    if (token.type === 'block-entry' && inBlock && this.#indent < column) {
      this.#indents.push(column)
      this.#insert('block-sequence-start', token)
    } else if (this.#keys.has(token.start.offset) || token.type === 'key') {
      if (inBlock && this.#indent < column) {
        this.#indents.push(column)
        this.#insert('block-mapping-start', token)
      }
      if (token.type !== 'key') this.#insert('key', token)
    }
    this.#queue.push({ token, at: token.start.offset })
    if (token.type === 'flow-sequence-start' || token.type === 'flow-mapping-start') this.#flowLevel++
    if (token.type === 'flow-sequence-end' || token.type === 'flow-mapping-end') this.#flowLevel--
  }

  #insert(type: 'block-sequence-start' | 'block-mapping-start' | 'key', { start }: Token): void {
    this.#queue.push({ token: { type, start, end: start }, at: start.offset })
  }

  /** Where the reference stands once it has read a token, and the comment beside the token. */
  #leave(token: Token, wait: number): void {
    const { text } = this.source
    let at = token.end.offset
    const plain = token.type === 'scalar' && token.style === 'plain'
    if (plain) at += /^\s*/.exec(text.slice(at, at + 4096))?.[0].length ?? 0
    this.#mark = placeOf(this.source, at)
    if (token.type === 'scalar' && (token.style === 'literal' || token.style === 'folded')) {
      const header = /^[|>][-+0-9]*/.exec(text.slice(token.start.offset))?.[0].length ?? 1
      this.#beside(token.start.offset + header, token.start.offset)
      return
    }
    if (token.type === 'block-entry' || endsBlocks(token) || breaksBefore(text, at) > 0) return
    const comment = this.#beside(at, wait)
    if (comment !== undefined) this.#mark = placeOf(this.source, comment.start.offset + comment.text.length)
  }

  #beside(at: number, wait: number): Comment | undefined {
    const comment = commentBeside(this.source, at, wait)
    if (comment !== undefined) this.#comments.push(comment)
    return comment
  }
}

function endsBlocks({ type }: Token): boolean {
  return ['stream-end', 'document-start', 'document-end', 'version-directive', 'tag-directive'].includes(type)
}

/** As far as the reference looks behind the end of a document, for the comments there. */
const behindEnd = 3

/** The tokens that are written in the first document, in their order, and where the keys of mappings begin. */
function scan(text: string): { written: Token[]; keys: ReadonlySet<number> } {
  const written: Token[] = []
  const keys = new Set<number>()
  let content = false
  let left = behindEnd
  for (const token of tokensOf(text)) {
    const isWritten = token.end.offset > token.start.offset
    if (isWritten || token.type === 'stream-end') written.push(token)
    else if (token.type === 'key') keys.add(token.start.offset)
    if (token.type === 'stream-end') return { written, keys }
    if (isWritten && (left < behindEnd || (content && endsBlocks(token)))) left--
    if (left === 0) break
    // An explicit start may be all there is of a document.
    content ||= isWritten && token.type !== 'version-directive' && token.type !== 'tag-directive'
  }
  const last = written.at(-1)
  if (last !== undefined && left === behindEnd)
    written.push({ type: 'stream-end', start: last.end, end: last.end })
  return { written, keys }
}

/** All tokens, up to the first problem: the first document has none, later ones do not count. */
function* tokensOf(text: string): Generator<Token> {
  const scanner = new Scanner(text)
  try {
    for (let token = scanner.peek(); ; token = scanner.peek()) {
      yield token
      if (token.type === 'stream-end') return
      scanner.skip()
    }
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
  }
}
