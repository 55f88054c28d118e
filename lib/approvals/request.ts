/** A change request with all that decides about it, and how every step of it finds and locks it. */
import type { Actor } from '@/lib/access/actor'
import type { Grant } from '@/lib/access/grants'
import { type RefusedThing, refusing } from '@/lib/access/refused'
import { type EnvironmentPermission, environmentNotFound, permissionOn } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { loadStanding, type Standing } from '@/lib/access/standing'
import type { Prisma, Transaction } from '@/lib/db'
import { lockEnvironment } from '@/lib/environments/lock'
import { Failure, isFailure } from '@/lib/failure'

export interface ChangeRequestReference {
  organization: string
  id: string
}

export const withAll = {
  environment: {
    include: { tags: true, gates: { where: { enabled: true }, orderBy: { createdAt: 'asc' } } },
  },
  approvals: { orderBy: { createdAt: 'asc' } },
  revisions: { omit: { definition: true }, orderBy: { number: 'asc' } },
} as const satisfies Prisma.ChangeRequestInclude

export type LoadedRequest = Prisma.ChangeRequestGetPayload<{ include: typeof withAll }>

/** Where somebody stands who asks about requests. @throws Failure `not_found` */
export async function standingIn(tx: Transaction, actor: Actor, organization: string): Promise<Standing> {
  const standing = await loadStanding(tx, actor, { name: organization })
  if (!standing) throw changeRequestNotFound()
  return standing
}

export interface FoundRequest {
  request: LoadedRequest
  permission: EnvironmentPermission
}

/** @throws Failure `not_found`, `forbidden` */
export async function findRequest(
  tx: Transaction,
  actor: Actor,
  reference: ChangeRequestReference,
  scope: EnvironmentScope = 'environment:read',
): Promise<FoundRequest> {
  const standing = await standingIn(tx, actor, reference.organization)
  const request = await load(tx, standing, reference.id)
  return { request, permission: permissionFor(standing, request, scope) }
}

/**
 * The same, with the environment's row held: steps of requests come one after the other, and after changes of the gates
 * and of the environment that they depend on.
 *
 * @throws Failure `not_found`, `forbidden`
 */
export async function lockRequest(
  tx: Transaction,
  actor: Actor,
  reference: ChangeRequestReference,
  scope: EnvironmentScope = 'environment:read',
): Promise<FoundRequest> {
  const { request, permission } = await findRequest(tx, actor, reference, scope)
  if (!(await lockEnvironment(tx, request.environment))) throw environmentNotFound()
  return { request: await load(tx, permission, reference.id), permission }
}

async function load(tx: Transaction, { organization }: Standing, id: string): Promise<LoadedRequest> {
  const row = await tx.changeRequest.findFirst({
    where: { id, organizationId: organization.id, environment: { deletedAt: null } },
    include: withAll,
  })
  if (!row) throw changeRequestNotFound()
  return row
}

function permissionFor(standing: Standing, request: LoadedRequest, scope: EnvironmentScope) {
  const { environment } = request
  try {
    return permissionOn(standing, { environment, facts: environment }, scope)
  } catch (error) {
    if (!isFailure(error)) throw error
    throw error.code === 'not_found' ? changeRequestNotFound() : refusingStep(error, standing.grants, request)
  }
}

/** For the audit log: a step of a request that somebody may read was refused to them. */
export function refusingStep(
  failure: Failure,
  grants: readonly Grant[],
  { id, environment }: { id: string } & Required<Pick<RefusedThing, 'environment'>>,
): Failure {
  return refusing(failure, grants, { changeRequest: id, environment })
}

function changeRequestNotFound(): Failure {
  return new Failure('not_found', 'Not Found: Change Request')
}

/** Everybody who wrote a part of it: none of them approves their own words. */
export function authorsOf({ createdById, revisions }: LoadedRequest): ReadonlySet<string> {
  const ids = [createdById, ...revisions.map((revision) => revision.createdById)]
  return new Set(ids.filter((id) => id !== null))
}

/** Whether the actor is the person who asked. */
export function isAuthor({ principal }: Actor, { createdById }: LoadedRequest): boolean {
  return principal.kind === 'person' && principal.id === createdById
}
