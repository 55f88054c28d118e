/**
 * What an access token looks like: `esc-`, 38 random letters and digits (226 bits), 6 that check them. The prefix and
 * the check let a scanner find lost tokens without asking us. Clients that insist on the reference's prefix may write
 * `pul-` instead; it is the same token.
 */
import { checksum, randomText, sha256 } from './secret-text'

const prefix = 'esc-'
const aliases = [prefix, 'pul-']
const randomLength = 38
const checkLength = 6

export function newTokenValue(): string {
  const random = randomText(randomLength)
  return `${prefix}${random}${checksum(random, checkLength)}`
}

/** Whether a text is a token of ours by its form; says nothing about whether it is valid. */
export function looksLikeToken(text: string): boolean {
  const body = withoutPrefix(text)
  const random = body.slice(0, randomLength)
  return /^[0-9A-Za-z]{44}$/.test(body) && body === random + checksum(random, checkLength)
}

/** The stored form, the same under every prefix. */
export function hashTokenValue(value: string): Uint8Array<ArrayBuffer> {
  return sha256(withoutPrefix(value))
}

/** The last four characters, which people see to tell tokens apart. */
export function tokenHint(value: string): string {
  return value.slice(-4)
}

/** The same token with the prefix that the official clients and their documentation show. */
export function withPulumiPrefix(value: string): string {
  return `pul-${withoutPrefix(value)}`
}

function withoutPrefix(value: string): string {
  const found = aliases.find((alias) => value.startsWith(alias))
  return found === undefined ? value : value.slice(found.length)
}
