/** Rules that make changes or opening need approval (http-api.md §6.3). */
import type { Actor } from '@/lib/access/actor'
import { organizationNotFound } from '@/lib/access/require'
import { loadStanding } from '@/lib/access/standing'
import { database } from '@/lib/db'
import { Failure } from '@/lib/failure'

/** There are none: a rule that is stored but not enforced would be a promise broken. @throws Failure `not_found` */
export async function listGates(actor: Actor, { organization }: { organization: string }): Promise<[]> {
  if (!(await loadStanding(database(), actor, { name: organization }))) throw organizationNotFound()
  return []
}

/** @throws Failure `not_implemented`, `not_found` */
export async function createGate(actor: Actor, reference: { organization: string }): Promise<never> {
  await listGates(actor, reference)
  throw new Failure('not_implemented', 'Not Implemented: this version cannot require approval')
}

/** @throws Failure `not_found` */
export async function findGate(actor: Actor, reference: { organization: string }): Promise<never> {
  await listGates(actor, reference)
  throw new Failure('not_found', 'Not Found: change gate')
}
