/** Settings of one environment, and who owns it. */
import type { Actor } from '@/lib/access/actor'
import { requireCoveringOn } from '@/lib/access/covering'
import { scopesOfLevel } from '@/lib/access/grants'
import { requireEnvironment } from '@/lib/access/require'
import { database, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { key } from '@/lib/organizations/names'
import { record } from './record'
import type { EnvironmentReference } from './reference'

export interface EnvironmentSettings {
  /** While on, the environment cannot be deleted. */
  deletionProtected: boolean
}

/** @throws Failure `not_found`, `forbidden` */
export async function readSettings(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<EnvironmentSettings> {
  const question = { ...reference, scope: 'environment_settings:read' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  return { deletionProtected: environment.deletionProtected }
}

/** What is absent stays. @throws Failure `not_found`, `forbidden` */
export async function updateSettings(
  actor: Actor,
  { deletionProtected, ...reference }: EnvironmentReference & { deletionProtected?: boolean | undefined },
): Promise<EnvironmentSettings> {
  return withTransaction(async (tx) => {
    const question = { ...reference, scope: 'environment_settings:update' } as const
    const { environment } = await requireEnvironment(tx, actor, question)
    const before = { deletionProtected: environment.deletionProtected }
    if (deletionProtected === undefined || deletionProtected === before.deletionProtected) return before
    await tx.environment.update({
      where: { id: environment.id, organizationId: environment.organizationId },
      data: { deletionProtected },
    })
    await record(tx, {
      actor,
      environment,
      event: `environment-deletion-protection-${deletionProtected ? 'enabled' : 'disabled'}`,
      did: `${deletionProtected ? 'Protected' : 'Stopped protecting'} from deletion`,
    })
    return { deletionProtected }
  })
}

export interface Owner {
  login: string
  name: string
}

/**
 * Makes another member the owner, who may then do everything with it: it takes being allowed that oneself.
 *
 * @returns the previous owner
 * @throws Failure `invalid` when there is no such member, `not_found`, `forbidden`
 */
export async function transferOwnership(
  actor: Actor,
  { login, ...reference }: EnvironmentReference & { login: string },
): Promise<Owner> {
  return withTransaction(async (tx) => {
    const question = { ...reference, scope: 'environment_access:update' } as const
    const { environment, organization, facts, grants } = await requireEnvironment(tx, actor, question)
    requireCoveringOn(grants, facts, { permits: scopesOfLevel('admin') })
    const owner = await tx.person.findFirst({
      where: { loginKey: key(login), memberships: { some: { organizationId: organization.id } } },
    })
    if (!owner) throw new Failure('invalid', 'Bad Request: the new owner is no member of the organization')
    const previous = environment.ownerId
      ? await tx.person.findUnique({ where: { id: environment.ownerId } })
      : null
    await tx.environment.update({
      where: { id: environment.id, organizationId: environment.organizationId },
      data: { ownerId: owner.id },
    })
    const data = { owner: owner.login, previous: previous?.login ?? '' }
    await record(tx, {
      actor,
      environment,
      event: 'environment-owner-changed',
      did: 'Changed the owner of',
      data,
    })
    return { login: previous?.login ?? '', name: previous?.name ?? '' }
  })
}
