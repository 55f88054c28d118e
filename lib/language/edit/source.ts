/** A place in a text: `offset` counts UTF-16 units from 0, `line` and `column` (also UTF-16 units) from 1. */
export interface TextPosition {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** A half-open stretch of a text. */
export interface TextRange {
  readonly start: TextPosition
  readonly end: TextPosition
}

/** Half-open pair of offsets in UTF-16 units. */
export type Span = readonly [start: number, end: number]

/** Replaces the text of `span` by `text`. */
export interface Splice {
  readonly span: Span
  readonly text: string
}

/** A text with an index of its lines, so that offsets convert to lines and columns in O(log n). */
export class SourceText {
  readonly #starts: number[] = [0]

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** The number of lines; a final line break opens one more, empty, line. */
  get lineCount(): number {
    return this.#starts.length
  }

  /** Offset of the first unit of a line (1-based), clamped to the text. */
  lineStart(line: number): number {
    if (line < 1) return 0
    return this.#starts[line - 1] ?? this.text.length
  }

  /** Offset just behind the last unit of a line, its line break excluded. */
  lineEnd(line: number): number {
    const next = this.#starts[line]
    if (next === undefined) return this.text.length
    return this.text[next - 2] === '\r' ? next - 2 : next - 1
  }

  positionAt(offset: number): TextPosition {
    const at = Math.max(0, Math.min(offset, this.text.length))
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { offset: at, line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 }
  }

  range(span: Span): TextRange {
    return { start: this.positionAt(span[0]), end: this.positionAt(span[1]) }
  }

  /** The line break this text uses: that of its first line. */
  get lineBreak(): '\n' | '\r\n' {
    const first = this.#starts[1]
    return first !== undefined && this.text[first - 2] === '\r' ? '\r\n' : '\n'
  }
}

/**
 * Applies splices that do not overlap; every other byte stays. Order does not matter, except that insertions at the
 * same offset are made in the order given.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => a.span[0] - b.span[0])
  let result = ''
  let at = 0
  for (const { span, text: replacement } of ordered) {
    result += text.slice(at, span[0]) + replacement
    at = span[1]
  }
  return result + text.slice(at)
}
