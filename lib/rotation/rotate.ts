/** Rotating secrets now (http-api.md §7). */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'

export interface RotateRequest extends EnvironmentReference {
  /** Property paths of what to rotate; empty = everything. */
  paths: readonly string[]
}

/** @throws Failure `not_implemented`, after the checks that will stay */
export async function rotateEnvironment(actor: Actor, request: RotateRequest): Promise<never> {
  await requireEnvironment(database(), actor, { ...request, scope: 'environment:rotate' })
  throw new Failure('not_implemented', 'Not Implemented: this version has no rotators')
}

/** Nothing was ever rotated. @throws Failure `not_found`, `forbidden` */
export async function listRotations(actor: Actor, reference: EnvironmentReference): Promise<[]> {
  await requireEnvironment(database(), actor, { ...reference, scope: 'environment:rotate_history' })
  return []
}
