/**
 * The patterns of token exchange policies (providers.md §8): `*` is zero or more characters, `?` zero or one, `.`
 * exactly one; everything else is itself. The whole value must match, case included.
 */

/** Runs in time proportional to both lengths, whatever the pattern: it keeps all positions at once. */
export function matchesPattern(pattern: string, value: string): boolean {
  const tokens = [...pattern]
  let positions = closure(new Set([0]), tokens)
  for (const character of value) {
    const next = new Set<number>()
    for (const at of positions) {
      const token = tokens[at]
      if (token === '*') next.add(at)
      else if (token === '.' || token === '?' || token === character) next.add(at + 1)
    }
    positions = closure(next, tokens)
    if (positions.size === 0) return false
  }
  return positions.has(tokens.length)
}

/** Positions that are reached without a character, too: behind `*` and `?`. */
function closure(positions: Set<number>, tokens: readonly string[]): Set<number> {
  // A Set visits what is added while it is walked.
  for (const at of positions) if (tokens[at] === '*' || tokens[at] === '?') positions.add(at + 1)
  return positions
}

export type Claims = Record<string, unknown>

/**
 * The value at a path such as `sub`, `kubernetes.pod.name`, or `"kubernetes.io".pod.name`; own members only.
 *
 * @returns undefined when there is none, or the path is malformed
 */
export function claimAt(claims: Claims, path: string): unknown {
  let value: unknown = claims
  for (const name of parsePath(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = Reflect.get(value, name)
  }
  return value
}

function parsePath(path: string): string[] {
  const parts = path.match(/"[^"]*"|[^."]+/g) ?? []
  if (parts.length === 0 || parts.join('.') !== path) return ['']
  return parts.map((part) => part.replace(/^"(.*)"$/, '$1'))
}

/** A claim matches as text; of a list, one element is enough, as for `aud`. Objects and absent claims never match. */
export function claimMatches(claim: unknown, pattern: string): boolean {
  if (Array.isArray(claim))
    return claim.some((element) => !Array.isArray(element) && claimMatches(element, pattern))
  if (typeof claim === 'string') return matchesPattern(pattern, claim)
  if (typeof claim === 'boolean' || typeof claim === 'number') return matchesPattern(pattern, String(claim))
  return false
}
