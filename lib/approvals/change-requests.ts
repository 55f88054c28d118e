/** Change requests: what is proposed for environments, and where it stands (http-api.md §6.2). */
import type { Actor } from '@/lib/access/actor'
import type { Standing } from '@/lib/access/standing'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, type Prisma, type Transaction, withTransaction } from '@/lib/db'
import { loadRevision } from '@/lib/environments/revision'
import { Failure } from '@/lib/failure'
import type { ChangeRequest } from '@/lib/generated/prisma/client'
import { type Abilities, abilitiesOf, isAccess, isBehind, mayApply, mayClose } from './abilities'
import { type Candidates, candidatesIn, isSatisfied, judge, type Verdict } from './evaluation'
import {
  type ChangeRequestReference,
  findRequest,
  type LoadedRequest,
  lockRequest,
  refusingStep,
  standingIn,
  withAll,
} from './request'
import { happened, refuseLong } from './timeline'

export type { ChangeRequestReference }

export interface ChangeRequestSummary {
  id: string
  organizationId: string
  action: ChangeRequest['action']
  status: ChangeRequest['status']
  description: string
  createdAt: string
  createdBy: { login: string; name: string }
  latestRevision: number
  project: string
  name: string
  gates: GateState[]
  /** Whether every gate is satisfied. */
  satisfied: boolean
  abilities: Abilities
  /** The environment has changed since the draft was written. */
  behind: boolean
  /** Of an applied wish to open: until when. Absent when it is over. */
  accessExpiresAt?: string
}

export interface GateState {
  /** Empty for the rule that stands in where there is no gate. */
  id: string
  name: string
  approvals: number
  required: number
  satisfied: boolean
}

export interface ChangeRequestListing {
  organization: string
  /** `waiting`: for the caller to approve or apply. `mine`: that the caller made. */
  show?: 'all' | 'waiting' | 'mine'
  environmentId?: string | undefined
  count?: number
  after?: number
}

/** More than this are not searched for those that wait. */
const mostWaiting = 500

/** Of environments that the caller may read, the newest first. @throws Failure `not_found` */
export async function listChangeRequests(
  actor: Actor,
  { organization, show = 'all', environmentId, count = 100, after = 0 }: ChangeRequestListing,
): Promise<{ changeRequests: ChangeRequestSummary[]; next?: number }> {
  const standing = await standingIn(database(), actor, organization)
  const where: Prisma.ChangeRequestWhereInput = {
    organizationId: standing.organization.id,
    ...(environmentId !== undefined && { environmentId }),
    ...(show === 'mine' && { createdById: actor.principal.kind === 'person' ? actor.principal.id : '' }),
    ...(show === 'waiting' && { status: 'ready' }),
    environment: { deletedAt: null, AND: [environmentsAllowing(standing.grants, 'environment:read')] },
  }
  const rows = await database().changeRequest.findMany({
    where,
    include: withAll,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    skip: show === 'waiting' ? 0 : after,
    take: show === 'waiting' ? mostWaiting : count + 1,
  })
  const summarize = summarizer(database(), actor, standing)
  const page = show === 'waiting' ? rows : rows.slice(0, count)
  const summaries = await Promise.all(page.map(summarize))
  if (show === 'waiting') return { changeRequests: summaries.filter(waits).slice(0, count) }
  return { changeRequests: summaries, ...(rows.length > count && { next: after + count }) }
}

function waits({ abilities: { approve, apply } }: ChangeRequestSummary): boolean {
  return approve || apply
}

export interface ChangeRequestDetail extends ChangeRequestSummary {
  approvals: { login: string; name: string; revision: number; at: string }[]
  /** Of an update: what is there, and what is proposed; secrets sealed. */
  change?: { before: string; after: string; baseRevision: number; environmentRevision: number }
  /** Of a wish to open, in seconds. */
  access?: { grantExpirationSeconds: number; accessDurationSeconds: number }
}

/** @throws Failure `not_found` */
export async function readChangeRequest(
  actor: Actor,
  reference: ChangeRequestReference,
): Promise<ChangeRequestDetail> {
  const { request, permission } = await findRequest(database(), actor, reference)
  const summary = await summarizer(database(), actor, permission)(request)
  const approvals = request.approvals.map(({ login, name, revision, createdAt }) => ({
    login,
    name,
    revision,
    at: createdAt.toISOString(),
  }))
  return { ...summary, approvals, ...(await contentOf(request)) }
}

async function contentOf(request: LoadedRequest): Promise<Pick<ChangeRequestDetail, 'change' | 'access'>> {
  const { environment, latestRevision, baseRevision } = request
  const version = await database().changeRequestRevision.findUniqueOrThrow({
    where: { changeRequestId_number: { changeRequestId: request.id, number: latestRevision } },
  })
  if (request.action === 'open') {
    const { grantExpirationSeconds, accessDurationSeconds } = version
    return {
      access: {
        grantExpirationSeconds: grantExpirationSeconds ?? 0,
        accessDurationSeconds: accessDurationSeconds ?? 0,
      },
    }
  }
  const decided = request.status === 'applied' || request.status === 'closed'
  const before = decided ? baseRevision : environment.latestRevision
  const { definition } = await loadRevision(database(), environment, before)
  const environmentRevision = environment.latestRevision
  return { change: { before: definition, after: version.definition, baseRevision, environmentRevision } }
}

/** Offers a draft for approval. @throws Failure `invalid` unless it is a draft, `not_found`, `forbidden` */
export async function submitChangeRequest(
  actor: Actor,
  { description, ...reference }: ChangeRequestReference & { description?: string | undefined },
): Promise<void> {
  refuseLong(description ?? '')
  await withTransaction(async (tx) => {
    const { request } = await lockRequest(tx, actor, reference, 'environment:write')
    const { status, environment } = request
    if (status !== 'draft') {
      const rule = 'change request must be in draft status to submit'
      throw new Failure('invalid', `Bad Request: ${rule} (current status: ${status})`)
    }
    await update(tx, request, { status: 'ready', ...(description !== undefined && { description }) })
    const step = { what: 'submitted', did: 'Offered a change for approval of' }
    await happened(tx, actor, { request, environment, kind: 'status_changed', status: 'ready', ...step })
  })
}

/** @throws Failure `invalid`, `conflict` once it is decided, `not_found`, `forbidden` */
export async function describeChangeRequest(
  actor: Actor,
  { description, ...reference }: ChangeRequestReference & { description: string },
): Promise<void> {
  refuseLong(description)
  await withTransaction(async (tx) => {
    const { request, permission } = await lockRequest(tx, actor, reference)
    const situation = { actor, grants: permission.grants, request }
    if (!mayApply(situation) && !mayClose(situation)) {
      throw refusingStep(notYours('describe'), permission.grants, request)
    }
    refuseDecided(request)
    await update(tx, request, { description })
    const step = { what: 'described', did: 'Described a change of' }
    const { environment } = request
    await happened(tx, actor, { request, environment, kind: 'description_updated', ...step })
  })
}

/**
 * Gives it up, and takes back the access that it gave. By its author or an administrator of the environment.
 *
 * @throws Failure `conflict` once it is decided, `not_found`, `forbidden`
 */
export async function closeChangeRequest(
  actor: Actor,
  { comment, ...reference }: ChangeRequestReference & { comment?: string | undefined },
): Promise<void> {
  await withTransaction(async (tx) => {
    const { request, permission } = await lockRequest(tx, actor, reference)
    const { grants } = permission
    if (!mayClose({ actor, grants, request })) throw refusingStep(notYours('close'), grants, request)
    if (!isAccess(request)) refuseDecided(request)
    await update(tx, request, { status: 'closed' })
    const step = { what: 'closed', did: 'Closed a request about', comment }
    const { environment } = request
    await happened(tx, actor, { request, environment, kind: 'status_changed', status: 'closed', ...step })
  })
}

/** By whoever may read it. @throws Failure `invalid`, `not_found` */
export async function commentOnChangeRequest(
  actor: Actor,
  { comment, ...reference }: ChangeRequestReference & { comment: string },
): Promise<void> {
  if (comment.trim() === '')
    throw new Failure('invalid', 'Bad Request: an empty comment', { field: 'comment' })
  await withTransaction(async (tx) => {
    const { request } = await findRequest(tx, actor, reference)
    const step = { what: 'commented', did: 'Commented on a request about', comment }
    await happened(tx, actor, { request, environment: request.environment, kind: 'commented', ...step })
  })
}

/** @throws Failure `conflict` */
export function refuseDecided({ status }: Pick<ChangeRequest, 'status'>): void {
  if (status === 'draft' || status === 'ready') return
  throw new Failure('conflict', `Conflict: the change request is ${status}`)
}

function notYours(verb: string): Failure {
  return new Failure(
    'forbidden',
    `Only its author and administrators of the environment may ${verb} this request.`,
  )
}

/** Under the lock of the environment. */
export async function update(
  tx: Transaction,
  { id, organizationId }: Pick<ChangeRequest, 'id' | 'organizationId'>,
  data: Prisma.ChangeRequestUpdateManyMutationInput,
): Promise<void> {
  await tx.changeRequest.updateMany({
    where: { id, organizationId },
    data: { ...data, modifiedAt: new Date() },
  })
}

/** For one caller and many requests: everybody involved is loaded once. */
function summarizer(tx: Transaction, actor: Actor, { organization, grants }: Standing) {
  const candidates: Candidates = candidatesIn(tx, organization.id)
  return async (request: LoadedRequest): Promise<ChangeRequestSummary> => {
    const verdicts = await judge(request, candidates)
    const candidate = actor.principal.kind === 'person' ? await candidates(actor.principal.id) : undefined
    const abilities = abilitiesOf({ actor, grants, candidate, request, verdicts })
    return summarizeRequest(request, verdicts, abilities)
  }
}

function summarizeRequest(
  row: LoadedRequest,
  verdicts: readonly Verdict[],
  abilities: Abilities,
): ChangeRequestSummary {
  const { id, organizationId, action, status, description, latestRevision, environment } = row
  return {
    id,
    organizationId,
    action,
    status,
    description,
    createdAt: row.createdAt.toISOString(),
    createdBy: { login: row.createdByLogin, name: row.createdByName },
    latestRevision,
    project: environment.project,
    name: environment.name,
    gates: verdicts.map(gateState),
    satisfied: isSatisfied(verdicts),
    abilities,
    behind: (status === 'draft' || status === 'ready') && isBehind(row),
    ...(isAccess(row) && row.accessExpiresAt && { accessExpiresAt: row.accessExpiresAt.toISOString() }),
  }
}

function gateState({ rule, approvals, satisfied }: Verdict): GateState {
  return { id: rule.id, name: rule.name, approvals, required: rule.approvalsRequired, satisfied }
}
