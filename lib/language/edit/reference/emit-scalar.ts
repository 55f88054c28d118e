import type { ScalarStyle } from '../../syntax/node'
import { quoteAsReference } from '../format'
import type { Sheet } from './sheet'

const breaks = new Set(['\n', '\r', '\u0085', '\u2028', '\u2029'])

export interface ScalarWriterOptions {
  /** The indentation digit of a block scalar. */
  readonly indent: number
  /** Writes the comment that goes behind the header of a block scalar. */
  readonly beside: () => void
}

/** Writes the text of scalars in their styles. Nothing is folded, whatever its length. */
export class ScalarWriter {
  constructor(
    readonly sheet: Sheet,
    readonly options: ScalarWriterOptions,
  ) {}

  write(text: string, style: ScalarStyle): void {
    if (style === 'plain') this.#plain(text)
    else if (style === 'single') this.#single(text)
    else if (style === 'double') this.#double(text)
    else this.#block(text, style)
  }

  #plain(text: string): void {
    if (text !== '') this.sheet.space()
    this.#lines(text, (character) => character)
    if (text !== '') this.sheet.whitespace = false
    this.sheet.indention = false
  }

  #single(text: string): void {
    this.sheet.indicator("'", { spaceBefore: true })
    this.#lines(text, (character) => (character === "'" ? "''" : character))
    this.sheet.indicator("'", {})
    this.sheet.indention = false
  }

  /** Line breaks of one run are written as they are, the first of the run twice. */
  #lines(text: string, write: (character: string) => string): void {
    let inBreaks = false
    for (const character of text) {
      if (breaks.has(character)) {
        if (!inBreaks && character === '\n') this.sheet.break()
        this.sheet.break(character)
        inBreaks = true
        continue
      }
      if (inBreaks) this.sheet.writeIndent()
      this.sheet.put(write(character))
      if (character !== ' ') this.sheet.indention = false
      inBreaks = false
    }
  }

  #double(text: string): void {
    this.sheet.indicator(quoteAsReference(text), { spaceBefore: true })
  }

  #block(text: string, style: 'literal' | 'folded'): void {
    this.sheet.indicator(style === 'literal' ? '|' : '>', { spaceBefore: true })
    if (/^[ \n\r\u0085\u2028\u2029]/.test(text)) this.sheet.indicator(String(this.options.indent), {})
    const chomp = chomping(text)
    if (chomp !== '') this.sheet.indicator(chomp, {})
    this.options.beside()
    this.sheet.whitespace = true
    if (style === 'literal') this.#literal(text)
    else this.#folded(text)
  }

  #literal(text: string): void {
    let inBreaks = true
    for (const character of text) {
      if (breaks.has(character)) {
        this.sheet.break(character)
        inBreaks = true
        continue
      }
      if (inBreaks) this.sheet.writeIndent()
      this.sheet.put(character)
      this.sheet.indention = false
      inBreaks = false
    }
  }

  #folded(text: string): void {
    const first = [...text].find((character) => !breaks.has(character))
    const doubles = first !== undefined && first !== ' ' && first !== '\t'
    let inBreaks = true
    let leadingSpace = true
    for (const character of text) {
      if (breaks.has(character)) {
        // The reference looks at the beginning of the whole text here, not at what follows.
        if (!inBreaks && !leadingSpace && character === '\n' && doubles) this.sheet.break()
        this.sheet.break(character)
        inBreaks = true
        continue
      }
      if (inBreaks) {
        this.sheet.writeIndent()
        leadingSpace = character === ' ' || character === '\t'
      }
      this.sheet.put(character)
      this.sheet.indention = false
      inBreaks = false
    }
  }
}

function chomping(text: string): '' | '-' | '+' {
  const last = text.at(-1) ?? ''
  if (!breaks.has(last)) return '-'
  return text.length === 1 || breaks.has(text.at(-2) ?? '') ? '+' : ''
}
