/**
 * Readings in the audit log (console.md §5, §14). What is read is not changed by it and repeats with every page and script,
 * so the same reading is recorded once in a while; it is recorded before anything is given out.
 */
import type { Actor } from '@/lib/access/actor'
import { recordUnlessLately } from '@/lib/audit'
import { withStatements } from '@/lib/db'
import type { Environment } from '@/lib/generated/prisma/client'
import { record } from './record'
import { isRevisionTag } from './reference'

export interface Reading {
  environment: Environment
  /** As it was asked for. */
  version?: string | undefined
  /** What that meant; null for what is no revision. */
  revision: number | null
  /** The draft that was read, in place of a revision. */
  changeRequest?: string
}

/** Outside transactions only. */
export function recordReading(
  actor: Actor,
  { environment, version, revision, changeRequest }: Reading,
): Promise<void> {
  const byTag = isRevisionTag(version)
  const event = byTag ? 'environment-revision-tag-read' : 'environment-read'
  const what = `${revision} ${byTag ? version : ''} ${changeRequest ?? ''}`
  return recordUnlessLately([event, environment.id, actor.credential.id, actor.address, what], () => {
    const data = {
      ...(revision !== null && { revision }),
      ...(byTag && { tag: version }),
      ...(changeRequest !== undefined && { changeRequest }),
    }
    return withStatements((tx) =>
      record(tx, { actor, environment, event, did: 'Read the environment', data }),
    )
  })
}
