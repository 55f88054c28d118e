interface IndicatorRules {
  /** Needs white space before it. */
  readonly spaceBefore?: boolean
  /** Counts as white space for what follows. */
  readonly isSpace?: boolean
  /** What follows may still stand on this line as if it were only indented. */
  readonly keepsIndent?: boolean
}

/** The text being written: where it stands, and whether white space or a line break is due. */
export class Sheet {
  #text = ''
  column = 0
  /** Columns of the block being written; -1 outside of any. */
  indent = -1
  /** Indentation of the foot comment just written: the same indentation next wants an empty line first. */
  footIndent = -1
  whitespace = true
  indention = true

  get text(): string {
    return this.#text
  }

  put(text: string): void {
    this.#text += text
    this.column += [...text].length
  }

  break(mark = '\n'): void {
    this.#text += mark
    this.column = 0
    this.indention = true
  }

  space(): void {
    if (!this.whitespace) this.put(' ')
  }

  indicator(
    text: string,
    { spaceBefore = false, isSpace = false, keepsIndent = false }: IndicatorRules,
  ): void {
    if (spaceBefore) this.space()
    this.put(text)
    this.whitespace = isSpace
    this.indention = this.indention && keepsIndent
  }

  writeIndent(): void {
    const indent = Math.max(0, this.indent)
    if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) this.break()
    if (this.footIndent === indent) this.break()
    if (this.column < indent) this.put(' '.repeat(indent - this.column))
    this.whitespace = true
    this.footIndent = -1
  }

  comment(text: string): void {
    let breaks = false
    let marked = false
    for (const character of text) {
      if (character === '\n') {
        this.break()
        breaks = true
        marked = false
        continue
      }
      if (breaks) this.writeIndent()
      if (!marked && character !== '#') this.put('# ')
      marked = true
      this.put(character)
      this.indention = false
      breaks = false
    }
    if (!breaks) this.break()
    this.whitespace = true
  }
}
