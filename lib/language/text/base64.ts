import { toByteString } from './utf8'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]))

/** Bytes encoded at once: a multiple of three, few enough to be arguments of one call. */
const CHUNK = 3 * 4096

/** Standard alphabet, padded. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(i, i + CHUNK)))
  }
  return text
}

export type Base64Result =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
      readonly ok: false /** Offset of the offending byte, as the reference counts. */
      readonly offset: number
    }

/** Decodes padded standard base64; line breaks are ignored, spare bits are not checked (spec §12.6). */
export function decodeBase64(text: string): Base64Result {
  return new Decoder(toByteString(text)).decode()
}

class Decoder {
  private offset = 0
  private readonly bytes: number[] = []

  constructor(private readonly text: string) {}

  decode(): Base64Result {
    for (;;) {
      const start = this.next()
      if (start === undefined) return { ok: true, bytes: Uint8Array.from(this.bytes) }
      const outcome = this.decodeQuantum(start)
      if (outcome !== 'more') return outcome
    }
  }

  /** The next character that is not a line break; its offset is one less than the offset afterwards. */
  private next(): string | undefined {
    while (this.text[this.offset] === '\n' || this.text[this.offset] === '\r') this.offset++
    const letter = this.text[this.offset]
    if (letter !== undefined) this.offset++
    return letter
  }

  private decodeQuantum(first: string): Base64Result | 'more' {
    let group = 0
    let letter: string | undefined = first
    for (let position = 0; position < 4; position++) {
      if (letter === undefined) return { ok: false, offset: this.offset - position }
      if (letter === '=') return this.decodePadding(position, group)
      const value = VALUES.get(letter)
      if (value === undefined) return { ok: false, offset: this.offset - 1 }
      group = group * 64 + value
      if (position < 3) letter = this.next()
    }
    this.bytes.push((group >> 16) & 255, (group >> 8) & 255, group & 255)
    return 'more'
  }

  private decodePadding(position: number, group: number): Base64Result {
    const at = this.offset - 1
    if (position < 2) return { ok: false, offset: at }
    if (position === 2) {
      const second = this.next()
      if (second === undefined) return { ok: false, offset: this.text.length }
      if (second !== '=') return { ok: false, offset: at }
      this.bytes.push((group >> 4) & 255)
    } else {
      this.bytes.push((group >> 10) & 255, (group >> 2) & 255)
    }
    if (this.next() !== undefined) return { ok: false, offset: this.offset - 1 }
    return { ok: true, bytes: Uint8Array.from(this.bytes) }
  }
}
