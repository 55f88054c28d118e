import type { PropertyPath } from '../syntax/path'

interface FlowFrame {
  readonly kind: 'map' | 'seq'
  /** The key whose value is being read; undefined while a key is being read. */
  key: string | undefined
  index: number
}

/**
 * Follows the brackets of a flow collection character by character, over any number of lines, and knows at any time
 * which entry it is in. It needs no closing bracket, which a person who is typing has not written yet.
 */
export class FlowScanner {
  readonly #frames: FlowFrame[] = []
  #quote: '"' | "'" | undefined
  #token = ''
  #tokenStart = 0
  #quoted = false

  get open(): boolean {
    return this.#frames.length > 0 || this.#quote !== undefined
  }

  /** Keys and indices of the collections that are open. */
  get path(): PropertyPath {
    return this.#frames.flatMap(({ kind, key, index }): (string | number)[] => {
      if (kind === 'seq') return [index]
      return key === undefined ? [] : [key]
    })
  }

  get place(): 'key' | 'value' {
    const top = this.#frames.at(-1)
    return top?.kind === 'map' && top.key === undefined ? 'key' : 'value'
  }

  /** Offset, in the texts pushed, of the first character of the scalar being read. */
  get tokenStart(): number {
    return this.#tokenStart
  }

  get quote(): '"' | "'" | undefined {
    return this.#quote
  }

  /** Reads a stretch of text that begins at `offset`. */
  push(text: string, offset: number): void {
    for (let at = 0; at < text.length; at++) at += this.#step(text, at, offset)
    if (this.#token === '' && this.#quote === undefined) this.#tokenStart = offset + text.length
  }

  /** Reads one character and returns how many more it took. */
  #step(text: string, at: number, offset: number): number {
    const character = text[at] ?? ''
    if (this.#quote !== undefined) return this.#inQuote(character, text[at + 1])
    if (character === '#' && /^$|\s/.test(text[at - 1] ?? '')) return lineRest(text, at)
    if (this.#token === '' && (character === '"' || character === "'")) {
      this.#quote = character
      this.#quoted = true
      this.#tokenStart = offset + at + 1
    } else if (character === '{' || character === '[') this.#enter(character)
    else if (character === '}' || character === ']') this.#leave()
    else if (character === ',') this.#next()
    else if (character === ':' && this.#endsKey(text[at + 1])) this.#value()
    else if (this.#token !== '' || !/\s/.test(character)) {
      if (this.#token === '') this.#tokenStart = offset + at
      this.#token += character
    }
    return 0
  }

  #inQuote(character: string, next: string | undefined): number {
    if (character === '\\' && this.#quote === '"') {
      this.#token += next ?? ''
      return 1
    }
    if (character === this.#quote) this.#quote = undefined
    else this.#token += character
    return 0
  }

  #endsKey(next: string | undefined): boolean {
    // Nothing behind it: the key may go on, as in `fn::`.
    return this.#quoted || (next !== undefined && /[\s,[\]{}]/.test(next))
  }

  #enter(character: string): void {
    this.#frames.push({ kind: character === '{' ? 'map' : 'seq', key: undefined, index: 0 })
    this.#clear()
  }

  #leave(): void {
    this.#frames.pop()
    this.#clear()
  }

  #next(): void {
    const top = this.#frames.at(-1)
    if (top !== undefined) {
      top.key = undefined
      top.index++
    }
    this.#clear()
  }

  #value(): void {
    const top = this.#frames.at(-1)
    if (top?.kind === 'map' && top.key === undefined) top.key = this.#token.trim()
    this.#clear()
  }

  #clear(): void {
    this.#token = ''
    this.#quoted = false
  }
}

function lineRest(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return (end < 0 ? text.length : end) - at - 1
}
