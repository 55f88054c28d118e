/** A number as it was written, so that `3.10`, `1e3` and big integers come out as they came in. */
export class NumberLiteral {
  constructor(readonly text: string) {}
}

export type Json = null | boolean | string | NumberLiteral | readonly Json[] | JsonObject
/** A map, because keys such as `__proto__` and `1` must stay what they are and where they are. */
export type JsonObject = ReadonlyMap<string, Json>

/** Raised for text that is not JSON; carries the place, never the text, which could be secret. */
export class JsonSyntaxError extends Error {
  constructor(readonly offset: number) {
    super(`invalid JSON at offset ${offset}`)
  }
}

/** The reader descends by recursion; definitions are far flatter. */
const maxDepth = 2_000

/** Parses JSON (RFC 8259) and keeps the digits of numbers, which `JSON.parse` would round. */
export function parseJson(text: string): Json {
  const reader = new Reader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

class Reader {
  #at = 0
  constructor(readonly text: string) {}

  value(depth: number): Json {
    if (depth > maxDepth) throw new JsonSyntaxError(this.#at)
    this.#blank()
    switch (this.text[this.#at]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      default:
        return this.#word()
    }
  }

  end(): void {
    this.#blank()
    if (this.#at < this.text.length) throw new JsonSyntaxError(this.#at)
  }

  #object(depth: number): JsonObject {
    const members = new Map<string, Json>()
    this.#at++
    if (this.#skip('}')) return members
    do {
      this.#blank()
      if (this.text[this.#at] !== '"') throw new JsonSyntaxError(this.#at)
      const key = this.#string()
      if (!this.#skip(':')) throw new JsonSyntaxError(this.#at)
      members.set(key, this.value(depth + 1))
    } while (this.#skip(','))
    if (!this.#skip('}')) throw new JsonSyntaxError(this.#at)
    return members
  }

  #array(depth: number): Json[] {
    const items: Json[] = []
    this.#at++
    if (this.#skip(']')) return items
    do items.push(this.value(depth + 1))
    while (this.#skip(','))
    if (!this.#skip(']')) throw new JsonSyntaxError(this.#at)
    return items
  }

  #string(): string {
    stringToken.lastIndex = this.#at
    const token = stringToken.exec(this.text)?.[0]
    if (token === undefined) throw new JsonSyntaxError(this.#at)
    const parsed: unknown = parseStringToken(token, this.#at)
    if (typeof parsed !== 'string') throw new JsonSyntaxError(this.#at)
    this.#at += token.length
    return parsed
  }

  #word(): Json {
    wordToken.lastIndex = this.#at
    const token = wordToken.exec(this.text)?.[0]
    if (token === undefined) throw new JsonSyntaxError(this.#at)
    this.#at += token.length
    if (token === 'null') return null
    if (token === 'true') return true
    return token === 'false' ? false : new NumberLiteral(token)
  }

  #blank(): void {
    blanks.lastIndex = this.#at
    blanks.test(this.text)
    this.#at = blanks.lastIndex
  }

  #skip(character: string): boolean {
    this.#blank()
    if (this.text[this.#at] !== character) return false
    this.#at++
    return true
  }
}

const blanks = /[ \t\r\n]*/y
const stringToken = /"(?:[^"\\]|\\.)*"/suy
const wordToken = /null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y

function parseStringToken(token: string, offset: number): unknown {
  try {
    return JSON.parse(token)
  } catch {
    throw new JsonSyntaxError(offset)
  }
}
