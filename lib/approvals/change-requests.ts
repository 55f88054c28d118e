/** Change requests: where a draft stands on its way into its environment (http-api.md §6.2). */
import type { Actor } from '@/lib/access/actor'
import { permissionOn } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { loadStanding, type Standing } from '@/lib/access/standing'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { record } from '@/lib/environments/record'
import { Failure } from '@/lib/failure'
import type { ChangeRequest, Environment } from '@/lib/generated/prisma/client'

export interface ChangeRequestSummary {
  id: string
  organizationId: string
  status: ChangeRequest['status']
  description: string
  createdAt: string
  createdBy: { login: string; name: string }
  latestRevision: number
  project: string
  name: string
}

export interface ChangeRequestReference {
  organization: string
  id: string
}

const descriptionLength = 5000

/** Of environments that the caller may read, the newest first. @throws Failure `not_found` */
export async function listChangeRequests(
  actor: Actor,
  { organization, count = 100, after = 0 }: { organization: string; count?: number; after?: number },
): Promise<{ changeRequests: ChangeRequestSummary[]; next?: number }> {
  const standing = await standingIn(database(), actor, organization)
  const rows = await database().changeRequest.findMany({
    where: {
      organizationId: standing.organization.id,
      environment: { deletedAt: null, AND: [environmentsAllowing(standing.grants, 'environment:read')] },
    },
    include: { environment: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    skip: after,
    take: count + 1,
  })
  return {
    changeRequests: rows.slice(0, count).map(summarizeRequest),
    ...(rows.length > count && { next: after + count }),
  }
}

/** @throws Failure `not_found` */
export async function readChangeRequest(
  actor: Actor,
  reference: ChangeRequestReference,
): Promise<ChangeRequestSummary> {
  return summarizeRequest(await findRequest(database(), actor, reference, 'environment:read'))
}

/** Offers a draft for approval. @throws Failure `invalid` unless it is a draft, `not_found`, `forbidden` */
export async function submitChangeRequest(
  actor: Actor,
  { description, ...reference }: ChangeRequestReference & { description?: string | undefined },
): Promise<void> {
  await change(actor, reference, 'submitted', ({ status }) => {
    if (status === 'draft') return { status: 'ready', ...(description !== undefined && { description }) }
    const rule = 'change request must be in draft status to submit'
    throw new Failure('invalid', `Bad Request: ${rule} (current status: ${status})`)
  })
}

/** @throws Failure `invalid`, `not_found`, `forbidden` */
export async function describeChangeRequest(
  actor: Actor,
  { description, ...reference }: ChangeRequestReference & { description: string },
): Promise<void> {
  await change(actor, reference, 'described', () => ({ description }))
}

/** Gives it up. @throws Failure `conflict` once it is decided, `not_found`, `forbidden` */
export async function closeChangeRequest(actor: Actor, reference: ChangeRequestReference): Promise<void> {
  await change(actor, reference, 'closed', ({ status }) => {
    if (status === 'draft' || status === 'ready') return { status: 'closed' }
    throw new Failure('conflict', `Conflict: the change request is ${status}`)
  })
}

/**
 * Approving, commenting on and applying need the rules that decide, which are not there yet.
 *
 * @throws Failure `not_implemented`, after the checks that will stay
 */
export async function decideChangeRequest(actor: Actor, reference: ChangeRequestReference): Promise<never> {
  await findRequest(database(), actor, reference, 'environment:read')
  throw new Failure(
    'not_implemented',
    'Not Implemented: this version keeps drafts and does not decide about them',
  )
}

type Found = ChangeRequest & { environment: Environment }
type Changes = Partial<Pick<ChangeRequest, 'status' | 'description'>>

async function change(
  actor: Actor,
  reference: ChangeRequestReference,
  what: string,
  decide: (request: Found) => Changes,
): Promise<void> {
  await withTransaction(async (tx) => {
    const request = await findRequest(tx, actor, reference, 'environment:write')
    const changes = decide(request)
    if ((changes.description ?? '').length > descriptionLength) {
      throw new Failure('invalid', `Bad Request: a description has at most ${descriptionLength} characters`)
    }
    // Conditional on what was decided upon: of two who submit at once one comes too late.
    const { count } = await tx.changeRequest.updateMany({
      where: { id: request.id, organizationId: request.organizationId, status: request.status },
      data: { ...changes, modifiedAt: new Date() },
    })
    if (count === 0) throw new Failure('conflict', 'Conflict: the change request has changed meanwhile')
    const { environment, id } = request
    const event = `change-request-${what}`
    await record(tx, {
      actor,
      environment,
      event,
      did: `A draft was ${what} for`,
      data: { changeRequest: id },
    })
  })
}

async function standingIn(tx: Transaction, actor: Actor, organization: string): Promise<Standing> {
  const standing = await loadStanding(tx, actor, { name: organization })
  if (!standing) throw changeRequestNotFound()
  return standing
}

async function findRequest(
  tx: Transaction,
  actor: Actor,
  { organization, id }: ChangeRequestReference,
  scope: EnvironmentScope,
): Promise<Found> {
  const standing = await standingIn(tx, actor, organization)
  const row = await tx.changeRequest.findFirst({
    where: { id, organizationId: standing.organization.id, environment: { deletedAt: null } },
    include: { environment: { include: { tags: true } } },
  })
  if (!row) throw changeRequestNotFound()
  permissionOn(standing, { environment: row.environment, facts: row.environment }, scope)
  return row
}

function changeRequestNotFound(): Failure {
  return new Failure('not_found', 'Not Found: Change Request')
}

function summarizeRequest(row: Found): ChangeRequestSummary {
  return {
    id: row.id,
    organizationId: row.organizationId,
    status: row.status,
    description: row.description,
    createdAt: row.createdAt.toISOString(),
    createdBy: { login: row.createdByLogin, name: row.createdByName },
    latestRevision: row.latestRevision,
    project: row.environment.project,
    name: row.environment.name,
  }
}
