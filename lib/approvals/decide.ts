/** Approving a change request, and taking an approval back. Only people approve. */
import type { Actor } from '@/lib/access/actor'
import { isHeldBack } from '@/lib/access/authorize'
import { requireCoveringOn } from '@/lib/access/covering'
import { requirePerson } from '@/lib/access/person'
import type { EnvironmentPermission } from '@/lib/access/require'
import type { Scope } from '@/lib/access/scopes'
import { withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { candidatesIn, mayApprove, rulesFor } from './evaluation'
import {
  authorsOf,
  type ChangeRequestReference,
  type LoadedRequest,
  lockRequest,
  refusingStep,
} from './request'
import { happened } from './timeline'

export interface Approve extends ChangeRequestReference {
  /** The version that was looked at. */
  revision: number
  comment?: string | undefined
}

/**
 * Counts for the version that was looked at and for no other (A10).
 *
 * @throws Failure `conflict` when it is not the newest version or the request is not up for approval, `not_found`,
 *   `forbidden` for authors, for who is not eligible, and for tokens that are no person's
 */
export async function approveChangeRequest(
  actor: Actor,
  { revision, comment, ...reference }: Approve,
): Promise<void> {
  await withTransaction(async (tx) => {
    const { request, permission } = await lockRequest(tx, actor, reference)
    const person = requirePerson(actor)
    requireReady(request)
    if (revision !== request.latestRevision) {
      throw new Failure('conflict', 'Conflict: the request has a newer version; look at it first')
    }
    const candidate = await candidatesIn(tx, request.organizationId)(person.id)
    const rules = rulesFor(request)
    if (!candidate || !rules.some((rule) => mayApprove(candidate, rule, request))) {
      throw refusingStep(notEligible(authorsOf(request).has(person.id)), permission.grants, request)
    }
    refuseGivingMore(permission, request)
    const { organizationId, id: changeRequestId, environment } = request
    const approval = { login: person.login, name: person.name, revision, createdAt: new Date() }
    await tx.changeApproval.upsert({
      where: { changeRequestId_personId: { changeRequestId, personId: person.id } },
      create: { organizationId, changeRequestId, personId: person.id, ...approval },
      update: approval,
    })
    const step = { what: 'approved', did: 'Approved a request about', revision, comment }
    await happened(tx, actor, { request, environment, kind: 'approved_by_user', ...step })
  })
}

/** @throws Failure `conflict` when there is no approval to take back or it has been used, `not_found`, `forbidden` */
export async function unapproveChangeRequest(
  actor: Actor,
  { comment, ...reference }: ChangeRequestReference & { comment?: string | undefined },
): Promise<void> {
  await withTransaction(async (tx) => {
    const { request } = await lockRequest(tx, actor, reference)
    const person = requirePerson(actor)
    requireReady(request)
    const { id: changeRequestId, organizationId, environment } = request
    const where = { changeRequestId, organizationId, personId: person.id }
    const { count } = await tx.changeApproval.deleteMany({ where })
    if (count === 0) throw new Failure('conflict', 'Conflict: there is no approval of yours to take back')
    const step = { what: 'unapproved', did: 'Took back the approval of a request about', comment }
    await happened(tx, actor, { request, environment, kind: 'unapproved_by_user', ...step })
  })
}

function requireReady({ status }: LoadedRequest): void {
  if (status === 'ready') return
  throw new Failure('conflict', `Conflict: the change request is ${status}, not up for approval`)
}

const approvedScopes: ReadonlySet<Scope> = new Set<Scope>(['environment:open', 'environment_version:open'])

/** Without a gate nobody was put in charge of letting others in, so one gives only what one has oneself (T20). */
function refuseGivingMore({ grants, facts }: EnvironmentPermission, { action }: LoadedRequest): void {
  if (action !== 'open' || isHeldBack('environment:open', facts)) return
  requireCoveringOn(grants, facts, { permits: approvedScopes })
}

function notEligible(isOwn: boolean): Failure {
  return new Failure(
    'forbidden',
    isOwn
      ? 'No gate lets you approve a request that you wrote a part of.'
      : 'No gate of this request counts you among its approvers.',
  )
}
