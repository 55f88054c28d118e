/** Whoever calls, as clients want to show it: a person, or the organization that a machine's token belongs to. */
import type { Actor } from '@/lib/access/actor'
import { organizationNotFound } from '@/lib/access/require'
import { database } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { type Viewer, viewer } from './viewer'

export interface Account extends Viewer {
  /** Only for tokens of teams and organizations. */
  machine?: { token: string; organization: string; team: string }
}

/** @throws Failure `forbidden` for the operator, who has no account */
export async function account(actor: Actor): Promise<Account> {
  const { principal, credential } = actor
  if (principal.kind === 'operator') throw new Failure('forbidden', 'The operator has no account.')
  if (principal.kind === 'person') return viewer(actor)
  const id = principal.kind === 'team' ? principal.organizationId : principal.id
  const organization = await database().organization.findUnique({ where: { id } })
  if (!organization) throw organizationNotFound()
  const { name, displayName, kind } = organization
  const role = principal.kind === 'organization' ? principal.role : 'member'
  return {
    id: credential.id,
    login: name,
    name: credential.name,
    email: '',
    organizations: [{ name, displayName, kind, role }],
    defaultOrganization: name,
    machine: {
      token: credential.name,
      organization: name,
      team: principal.kind === 'team' ? principal.name : '',
    },
  }
}
