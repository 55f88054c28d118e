/** Random texts that work like passwords (tokens, codes, invitations): made here, kept as SHA-256 only. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Letters and digits; 5.95 bits each. */
export function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** In the form that the database takes. */
export function sha256(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text, 'utf8').digest())
}

export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

/** `count` letters and digits that a mistyped or foreign text does not end in (GitHub's idea for secret scanning). */
export function checksum(text: string, count: number): string {
  let rest = Buffer.from(sha256(text)).readUIntBE(0, 6)
  let digits = ''
  for (let at = 0; at < count; at++) {
    digits += alphabet.charAt(rest % alphabet.length)
    rest = Math.floor(rest / alphabet.length)
  }
  return digits
}
