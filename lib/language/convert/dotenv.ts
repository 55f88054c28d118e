/** A line of a `.env` file that sets a variable, or a comment. */
export type DotenvLine =
  | { readonly kind: 'comment'; readonly text: string }
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly value: string
      /** `${NAME}` in it stands for another variable. */
      readonly expands: boolean
    }

export type DotenvResult =
  | { readonly ok: true; readonly lines: readonly DotenvLine[] }
  | { readonly ok: false; readonly line: number; readonly message: string }

/** Reads a `.env` file: `NAME=value`, `export`, comments, three kinds of quotes, values of several lines. */
export function readDotenv(text: string): DotenvResult {
  const reader = new Reader(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))
  const lines: DotenvLine[] = []
  try {
    while (!reader.atEnd) lines.push(...reader.readLine())
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ok: false, line: error.line, message: error.message }
  }
  return { ok: true, lines }
}

/** Ends the reading; never leaves this file. */
class Fault extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message)
  }
}

const closings: Readonly<Record<string, RegExp>> = {
  "'": /'/g,
  '`': /`/g,
  // An escaped quote does not close.
  '"': /(?<!\\)(?:\\\\)*"/g,
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

class Reader {
  private offset = 0

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.offset >= this.text.length
  }

  private get line(): number {
    return this.text.slice(0, this.offset).split('\n').length
  }

  readLine(): DotenvLine[] {
    const end = this.endOfLine(this.offset)
    const whole = this.text.slice(this.offset, end)
    const comment = /^\s*(#.*)$/.exec(whole)
    if (comment?.[1] !== undefined || whole.trim() === '') {
      this.offset = end + 1
      return comment?.[1] === undefined ? [] : [{ kind: 'comment', text: comment[1].trimEnd() }]
    }
    const head = /^\s*(?:export\s+)?([^=\s]*)\s*=[^\S\n]*/.exec(whole)
    const name = head?.[1]
    if (head === null || name === undefined) throw new Fault(this.line, 'expected NAME=value')
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new Fault(this.line, 'this is not the name of a variable')
    this.offset += head[0].length
    return [{ kind: 'variable', name, ...this.readValue() }]
  }

  private readValue(): { value: string; expands: boolean } {
    const quote = this.text[this.offset] ?? ''
    const closing = closings[quote]
    if (closing !== undefined) return this.readQuoted(quote, closing)
    const end = this.endOfLine(this.offset)
    const value = this.text
      .slice(this.offset, end)
      .replace(/(^|\s+)#.*$/, '')
      .trim()
    this.offset = end + 1
    return { value, expands: true }
  }

  private readQuoted(quote: string, closing: RegExp): { value: string; expands: boolean } {
    const pattern = new RegExp(closing)
    pattern.lastIndex = this.offset + 1
    const match = pattern.exec(this.text)
    if (match === null) throw new Fault(this.line, `the quote ${quote} is not closed`)
    const body = this.text.slice(this.offset + 1, pattern.lastIndex - 1)
    const end = this.endOfLine(pattern.lastIndex)
    const rest = this.text.slice(pattern.lastIndex, end)
    if (!/^\s*(#.*)?$/.test(rest)) {
      this.offset = pattern.lastIndex
      throw new Fault(this.line, 'there is text behind the closing quote')
    }
    this.offset = end + 1
    if (quote !== '"') return { value: body, expands: false }
    return {
      value: body.replaceAll(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter),
      expands: true,
    }
  }

  private endOfLine(from: number): number {
    const at = this.text.indexOf('\n', from)
    return at < 0 ? this.text.length : at
  }
}
