/**
 * Texts of revisions that were read lately. A revision never changes (a new key of the organization seals its secrets
 * anew, and the old key still opens what is kept here); whether the caller may read it is decided before.
 */
import { database } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { processWide } from '@/lib/process-wide'
import { RecentlyUsed } from '@/lib/recently-used'
import { loadRevision } from './revision'

export interface RevisionText {
  definition: string
  etag: string
}

/** Characters of all texts together; every entry costs something, however short its text. */
const texts = processWide(
  'revision-texts',
  () =>
    new RecentlyUsed<RevisionText>({
      capacity: 8_000_000,
      weigh: ({ definition }) => definition.length + 200,
    }),
)

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
  const known = texts.get(key)
  if (known !== undefined) return known
  const { definition, etag } = await loadRevision(database(), environment, number)
  texts.set(key, { definition, etag })
  return { definition, etag }
}
