/** What of an environment rotates. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import { callsIn } from '@/lib/environments/calls'
import { type EnvironmentReference, qualifiedName } from '@/lib/environments/reference'
import { loadRevision } from '@/lib/environments/revision'

export interface RotatedPath {
  /** Property path below `values`. */
  path: string
  /** As the definition names it: `fn::rotate::password`. */
  rotator: string
}

/** In the newest revision, in its order. @throws Failure `not_found`, `forbidden` */
export async function listRotatedPaths(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<RotatedPath[]> {
  const question = { ...reference, scope: 'environment:rotate_history' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const { definition } = await loadRevision(database(), environment, environment.latestRevision)
  return callsIn(definition, qualifiedName(environment)).flatMap(({ function: called, name, path }) =>
    called === 'fn::rotate' && path !== undefined ? [{ path, rotator: name }] : [],
  )
}
