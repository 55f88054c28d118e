import { goQuoteCharacter } from './go-quote'
import { type Json, jsonNumber, setOwn } from './json'
import { fromByteString, toByteString, toValid } from './utf8'

/** `end` is how far the reading went, in UTF-8 bytes. */
export type ReadJsonResult =
  | { readonly ok: true; readonly value: Json; readonly end: number }
  | { readonly ok: false; readonly reason: string; readonly end: number }

/** Reads the first JSON value of a text; what follows is ignored. Reasons are worded as in spec §12.7. */
export function readJson(text: string): ReadJsonResult {
  const reader = new Reader(toByteString(text))
  try {
    return { ok: true, value: reader.readFirst(), end: reader.end }
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return { ok: false, reason: error.message, end: reader.end }
  }
}

/** Ends the reading; never leaves this file. */
class JsonFault extends Error {}

/** The reference's bound on nesting is 10000; values recurse, so ours is lower. */
const MAX_DEPTH = 500

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const NUMBER_STATES = {
  digits: 'in numeric literal',
  fraction: 'after decimal point in numeric literal',
  exponent: 'in exponent of numeric literal',
}

class Reader {
  private offset = 0
  private depth = 0

  /** @param bytes one character per UTF-8 byte */
  constructor(private readonly bytes: string) {}

  get end(): number {
    return this.offset
  }

  readFirst(): Json {
    this.skipSpace()
    if (this.offset === this.bytes.length) throw new JsonFault('EOF')
    return this.readValue('looking for beginning of value')
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.bytes[this.offset] ?? '-')) this.offset++
  }

  private fault(where: string): JsonFault {
    const byte = this.bytes[this.offset]
    if (byte === undefined) return new JsonFault('unexpected EOF')
    return new JsonFault(`invalid character ${goQuoteCharacter(byte)} ${where}`)
  }

  private readValue(where: string): Json {
    this.skipSpace()
    const byte = this.bytes[this.offset]
    if (byte === '{') return this.nested(() => this.readObject())
    if (byte === '[') return this.nested(() => this.readArray())
    if (byte === '"') return this.readString()
    if (byte === 't') return this.readWord('true', true)
    if (byte === 'f') return this.readWord('false', false)
    if (byte === 'n') return this.readWord('null', null)
    if (byte !== undefined && /[-0-9]/.test(byte)) return this.readNumber()
    throw this.fault(where)
  }

  private nested(read: () => Json): Json {
    this.depth++
    if (this.depth > MAX_DEPTH) throw new JsonFault('exceeded max depth')
    const value = read()
    this.depth--
    return value
  }

  private readWord(word: string, value: Json): Json {
    for (let i = 1; i < word.length; i++) {
      this.offset++
      if (this.bytes[this.offset] !== word[i]) throw this.fault(`in literal ${word} (expecting '${word[i]}')`)
    }
    this.offset++
    return value
  }

  private readObject(): Json {
    const object: { [key: string]: Json } = {}
    this.offset++
    this.skipSpace()
    if (this.take('}')) return object
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.offset] !== '"') throw this.fault('looking for beginning of object key string')
      const key = this.readString()
      this.skipSpace()
      if (!this.take(':')) throw this.fault('after object key')
      setOwn(object, key, this.readValue('looking for beginning of value'))
      this.skipSpace()
      if (this.take('}')) return object
      if (!this.take(',')) throw this.fault('after object key:value pair')
    }
  }

  private readArray(): Json {
    const array: Json[] = []
    this.offset++
    this.skipSpace()
    if (this.take(']')) return array
    for (;;) {
      array.push(this.readValue('looking for beginning of value'))
      this.skipSpace()
      if (this.take(']')) return array
      if (!this.take(',')) throw this.fault('after array element')
    }
  }

  private take(byte: string): boolean {
    if (this.bytes[this.offset] !== byte) return false
    this.offset++
    return true
  }

  private readString(): string {
    let text = ''
    let run = ++this.offset
    const flush = (): void => {
      text += fromByteString(this.bytes.slice(run, this.offset))
    }
    for (;;) {
      const byte = this.bytes[this.offset]
      if (byte === undefined || byte < ' ') throw this.fault('in string literal')
      if (byte === '"') {
        flush()
        this.offset++
        return toValid(text)
      }
      if (byte === '\\') {
        flush()
        text += this.readEscape()
        run = this.offset
      } else {
        this.offset++
      }
    }
  }

  private readEscape(): string {
    this.offset++
    const letter = this.bytes[this.offset]
    const plain = letter === undefined ? undefined : ESCAPES.get(letter)
    if (plain !== undefined) {
      this.offset++
      return plain
    }
    if (letter !== 'u') throw this.fault('in string escape code')
    this.offset++
    const start = this.offset
    while (this.offset < start + 4) {
      if (!/[0-9a-fA-F]/.test(this.bytes[this.offset] ?? ''))
        throw this.fault('in \\u hexadecimal character escape')
      this.offset++
    }
    return String.fromCharCode(Number.parseInt(this.bytes.slice(start, this.offset), 16))
  }

  private readNumber(): Json {
    const start = this.offset
    this.take('-')
    if (!this.take('0')) this.takeDigits(NUMBER_STATES.digits)
    if (this.take('.')) this.takeDigits(NUMBER_STATES.fraction)
    if (this.take('e') || this.take('E')) {
      if (!this.take('+')) this.take('-')
      this.takeDigits(NUMBER_STATES.exponent)
    }
    return jsonNumber(this.bytes.slice(start, this.offset))
  }

  private takeDigits(where: string): void {
    if (!/[0-9]/.test(this.bytes[this.offset] ?? '')) throw this.fault(where)
    while (/[0-9]/.test(this.bytes[this.offset] ?? '')) this.offset++
  }
}
