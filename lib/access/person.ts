/** People as actors, and where events about a person alone are recorded. */
import type { Transaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Actor, Credential, Principal } from './actor'

export type PersonPrincipal = Extract<Principal, { kind: 'person' }>

/**
 * For what only a person can have, such as personal tokens and passwords.
 *
 * @throws Failure `forbidden` for team and organization tokens, and for tokens that act for a person in one organization
 */
export function requirePerson(actor: Actor): PersonPrincipal {
  const { principal, credential } = actor
  if (principal.kind === 'person' && credential.organizationId === undefined) return principal
  throw new Failure('forbidden', 'Only a person can do this; sign in, or use a personal access token.')
}

/** Where a request comes from, as the door found out. */
export interface Origin {
  /** Client address after trusted proxies; empty when there is none. */
  address: string
  requestId: string
}

export function personActor(
  person: { id: string; login: string; name: string },
  credential: Credential,
  { address, requestId }: Origin,
): Actor {
  const { id, login, name } = person
  return { principal: { kind: 'person', id, login, name }, credential, address, requestId }
}

/** The organization in whose audit log events about a person alone are kept: their individual one. */
export async function individualOrganizationId(tx: Transaction, personId: string): Promise<string> {
  const membership = await tx.member.findFirstOrThrow({
    where: { personId, organization: { kind: 'individual' } },
    select: { organizationId: true },
  })
  return membership.organizationId
}
