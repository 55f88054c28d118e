/** Asking for access to an environment whose opening needs approval (http-api.md §6.4). */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import { type EnvironmentReference, qualifiedName } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'

/**
 * No environment needs approval yet, so there is nothing to ask for; the answer tells what to do in its place.
 *
 * @throws Failure `invalid`, after the checks that will stay
 */
export async function requestOpen(actor: Actor, reference: EnvironmentReference): Promise<never> {
  const question = { ...reference, scope: 'environment:list' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const name = qualifiedName(environment)
  throw new Failure('invalid', `Bad Request: opening ${name} needs no approval; open it directly`)
}

/** @throws Failure `not_found` */
export async function findOpenRequest(actor: Actor, reference: EnvironmentReference): Promise<never> {
  const question = { ...reference, scope: 'environment:list' } as const
  await requireEnvironment(database(), actor, question)
  throw new Failure('not_found', 'Not Found: open request')
}
