/** Who is asking and where they belong: what every page's frame and `GET /api/user` show. */
import type { Actor } from '@/lib/access/actor'
import { requirePerson } from '@/lib/access/person'
import { organizationNotFound } from '@/lib/access/require'
import { loadStanding } from '@/lib/access/standing'
import { database, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'

export interface ViewerOrganization {
  name: string
  displayName: string
  kind: 'individual' | 'shared'
  role: 'admin' | 'member' | 'billing_manager'
}

export interface Viewer {
  id: string
  login: string
  name: string
  email: string
  /** The individual organization first, then the others by name. */
  organizations: ViewerOrganization[]
  /** Name of the organization that is shown first and that clients assume. */
  defaultOrganization: string
}

/** @throws Failure `forbidden` for actors that are no person */
export async function viewer(actor: Actor): Promise<Viewer> {
  const {
    principal,
    credential: { organizationId },
  } = actor
  if (principal.kind !== 'person') throw new Failure('forbidden', 'Only a person has an account.')
  const { id, login, name, email, defaultOrganizationId, memberships } =
    await database().person.findUniqueOrThrow({
      where: { id: principal.id },
      include: {
        memberships: {
          where: organizationId === undefined ? {} : { organizationId },
          include: { organization: true },
        },
      },
    })
  const all = memberships
    .map(({ role, organization }) => ({ ...organization, role }))
    .sort((one, other) => order(one).localeCompare(order(other)))
  const chosen = all.find((organization) => organization.id === defaultOrganizationId) ?? all[0]
  return {
    id,
    login,
    name,
    email,
    organizations: all.map(({ name, displayName, kind, role }) => ({ name, displayName, kind, role })),
    defaultOrganization: chosen?.name ?? login,
  }
}

function order({ kind, nameKey }: { kind: string; nameKey: string }): string {
  return `${kind === 'individual' ? 0 : 1} ${nameKey}`
}

/** @throws Failure `not_found` for organizations that the actor is no member of */
export async function setDefaultOrganization(
  actor: Actor,
  { organization }: { organization: string },
): Promise<void> {
  const person = requirePerson(actor)
  await withTransaction(async (tx) => {
    const standing = await loadStanding(tx, actor, { name: organization })
    if (!standing) throw organizationNotFound()
    await tx.person.update({
      where: { id: person.id },
      data: { defaultOrganizationId: standing.organization.id },
    })
  })
}
