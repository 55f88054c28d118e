const telling =
  /^(passwords?|passwd|pwd|pass|passphrase|secrets?|tokens?|credentials?|creds|dsn|salt|pepper)$/
/** A key of something is a secret, a key in itself is mostly a name. */
const keyed =
  /^(api|access|account|auth|encryption|license|master|private|secret|shared|signing|service|storage|deploy)$/
/** What a secret is described by: `TOKEN_TTL`, `PASSWORD_MIN_LENGTH`, `SECRET_NAME`. */
const describing =
  /^(ttl|timeout|lifetime|expiry|expires|expiration|length|min|max|count|limit|name|names|path|file|dir|type|kind|version|region|enabled|required|algorithm|alg|issuer|audience|url|uri|endpoint|host|prefix|header|id|arn|public|policy)$/

const recognised = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A URL with a password in it.
  /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i,
  // JSON Web Tokens, and the prefixes of well-known tokens.
  /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/,
  /^(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|rk_live_|sk-|AIza|ya29\.|pul-|dop_v1_|hvs\.|npm_)\w/,
]

/** Whether a value looks like a secret by its name or by itself. A guess: a person confirms it. */
export function guessSecret(name: string, value: string): boolean {
  if (value === '' || /^(true|false|null|yes|no|on|off)$/i.test(value)) return false
  return recognised.some((pattern) => pattern.test(value)) || isTelling(wordsOf(name)) || isRandom(value)
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean)
}

function isTelling(words: readonly string[]): boolean {
  const last = words.at(-1) ?? ''
  if (describing.test(last) || words.includes('public')) return false
  return words.some((word, at) => {
    return telling.test(word) || word === 'apikey' || (word === 'key' && keyed.test(words[at - 1] ?? ''))
  })
}

const leastRandomLength = 24
const leastBitsPerCharacter = 3.6

/** Long, of one piece, of several kinds of characters, and with little repetition. */
function isRandom(value: string): boolean {
  if (value.length < leastRandomLength || !/^[\w+/=.~!@#%^&*-]+$/.test(value)) return false
  if (/^[\d.:-]+$/.test(value) || /^[a-f\d]{8}-([a-f\d]{4}-){3}[a-f\d]{12}$/i.test(value)) return false
  // Paths, host names, ARNs and the like have words between their separators.
  const longestPiece = Math.max(...value.split(/[/._-]/).map((piece) => piece.length))
  const mixed = /\d/.test(value) && /[a-z]/i.test(value)
  return mixed && longestPiece >= 16 && entropy(value) >= leastBitsPerCharacter
}

/** Bits per character, by how often each occurs. */
function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}
