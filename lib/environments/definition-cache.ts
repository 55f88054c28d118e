/**
 * Parsed definitions by environment, revision and name. Revisions never change, so an entry is never stale; whether the
 * caller may use it is decided before it is asked for.
 */
import { type Definition, parseDefinition } from '@/lib/language'
import { processWide } from '@/lib/process-wide'

/** Characters of all cached texts together; a parsed definition takes some twenty times as much memory. */
const capacity = 4_000_000

interface Cache {
  entries: Map<string, Definition>
  size: number
}

const cache = processWide('definitions', (): Cache => ({ entries: new Map(), size: 0 }))

export interface CacheKey {
  environmentId: string
  revision: number
  /** The name under which it is evaluated: it stands in every range. */
  name: string
}

export function cachedDefinition(key: CacheKey): Definition | undefined {
  const text = keyText(key)
  const found = cache.entries.get(text)
  if (found === undefined) return undefined
  // A map keeps the order of insertion: re-inserting makes it the most recently used.
  cache.entries.delete(text)
  cache.entries.set(text, found)
  return found
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
  remember(keyText(key), definition)
  return definition
}

function remember(key: string, definition: Definition): void {
  if (definition.text.length > capacity / 4) return
  cache.entries.set(key, definition)
  cache.size += weight(definition)
  for (const [oldest, entry] of cache.entries) {
    if (cache.size <= capacity) break
    cache.entries.delete(oldest)
    cache.size -= weight(entry)
  }
}

/** Every entry costs something, however short its text. */
function weight(definition: Definition): number {
  return definition.text.length + 200
}

function keyText({ environmentId, revision, name }: CacheKey): string {
  return `${environmentId}@${revision} ${name}`
}
