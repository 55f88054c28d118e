/**
 * Texts of revisions that were read lately. A revision never changes (a new key of the organization seals its secrets
 * anew, and the old key still opens what is kept here); whether the caller may read it is decided before.
 */
import { database } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { processWide } from '@/lib/process-wide'
import { loadRevision } from './revision'

export interface RevisionText {
  definition: string
  etag: string
}

/** Characters of all texts together. */
const capacity = 8_000_000

interface Cache {
  texts: Map<string, RevisionText>
  size: number
}

const cache = processWide('revision-texts', (): Cache => ({ texts: new Map(), size: 0 }))

/**
 * Outside transactions only: what one of them wrote may never come to be.
 *
 * @throws Failure `not_found`
 */
export async function revisionText(
  environment: Pick<Environment, 'id' | 'organizationId' | 'latestRevision'>,
  number: number,
): Promise<RevisionText> {
  const key = `${environment.id}@${number}`
  const known = cache.texts.get(key)
  if (known !== undefined) {
    // A map keeps the order of insertion: re-inserting makes it the most recently used.
    cache.texts.delete(key)
    cache.texts.set(key, known)
    return known
  }
  const { definition, etag } = await loadRevision(database(), environment, number)
  remember(key, { definition, etag })
  return { definition, etag }
}

function remember(key: string, text: RevisionText): void {
  if (cache.texts.has(key) || weight(text) > capacity / 4) return
  cache.texts.set(key, text)
  cache.size += weight(text)
  for (const [oldest, entry] of cache.texts) {
    if (cache.size <= capacity) break
    cache.texts.delete(oldest)
    cache.size -= weight(entry)
  }
}

/** Every entry costs something, however short its text. */
function weight({ definition }: RevisionText): number {
  return definition.length + 200
}
