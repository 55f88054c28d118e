/** Going back to an old text. */
import type { Actor } from '@/lib/access/actor'
import { Failure } from '@/lib/failure'
import { hasRotator, rotatorsStay } from '@/lib/language/edit/rotators'
import { readDefinition } from './read'
import type { EnvironmentReference } from './reference'
import { type Saved, saveEnvironment } from './save'

export interface RollBack extends EnvironmentReference {
  revision: number
  /** Of the newest revision as the caller knows it: what was saved since is not passed over. */
  etag: string
  /** For the history. */
  message: string
}

/**
 * Saves an old text as a new revision.
 *
 * @throws Failure `conflict` when the old or the newest text rotates something; `etag_mismatch`, `diagnostics`,
 *   `not_found`, `forbidden`
 */
export async function rollBack(
  actor: Actor,
  { revision, etag, message, ...reference }: RollBack,
): Promise<Saved> {
  const [old, newest] = await Promise.all([
    readDefinition(actor, { ...reference, version: String(revision) }),
    readDefinition(actor, reference),
  ])
  if (hasRotator(old.definition) || hasRotator(newest.definition)) {
    throw new Failure('conflict', `Conflict: ${rotatorsStay}`)
  }
  return saveEnvironment(actor, { ...reference, etag, message, definition: old.definition })
}
