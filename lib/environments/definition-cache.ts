/**
 * Parsed definitions by environment, revision and name. Revisions never change, so an entry is never stale; whether the
 * caller may use it is decided before it is asked for.
 */
import { type Definition, parseDefinition } from '@/lib/language'
import { processWide } from '@/lib/process-wide'
import { RecentlyUsed } from '@/lib/recently-used'

/** Characters of all cached texts together; a parsed definition takes some twenty times as much memory. */
const definitions = processWide(
  'definitions',
  () => new RecentlyUsed<Definition>({ capacity: 4_000_000, weigh: ({ text }) => text.length + 200 }),
)

export interface CacheKey {
  environmentId: string
  revision: number
  /** The name under which it is evaluated: it stands in every range. */
  name: string
}

export function cachedDefinition(key: CacheKey): Definition | undefined {
  return definitions.get(keyText(key))
}

/**
 * @returns the parsed definition, or the text itself when there is something to report about it: a definition does not
 *   carry its findings, so it must be parsed again by whoever shows them
 */
export function parseCached(key: CacheKey, text: string): Definition | string {
  const known = cachedDefinition(key)
  if (known !== undefined) return known
  const { definition, diagnostics } = parseDefinition(text, { environment: key.name })
  if (definition === undefined || diagnostics.length > 0) return text
  definitions.set(keyText(key), definition)
  return definition
}

function keyText({ environmentId, revision, name }: CacheKey): string {
  return `${environmentId}@${revision} ${name}`
}
