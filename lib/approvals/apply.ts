/** Applying an approved change request: the new revision, or the time in which its author may open. */
import type { Actor } from '@/lib/access/actor'
import { requirePerson } from '@/lib/access/person'
import { type EnvironmentPermission, forbidden } from '@/lib/access/require'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { record } from '@/lib/environments/record'
import { loadRevision } from '@/lib/environments/revision'
import { addRevision, requireValid } from '@/lib/environments/save'
import { Failure } from '@/lib/failure'
import type { ChangeRequestRevision } from '@/lib/generated/prisma/client'
import { isBehind, mayApply } from './abilities'
import { update } from './change-requests'
import { candidatesIn, isSatisfied, judge, mayBypass, type Verdict } from './evaluation'
import {
  type ChangeRequestReference,
  type FoundRequest,
  findRequest,
  type LoadedRequest,
  lockRequest,
  refusingStep,
} from './request'
import { happened } from './timeline'

export interface Apply extends ChangeRequestReference {
  /** Go ahead without the approvals that are missing. Only for those whom every such gate names, and recorded. */
  bypassReason?: string | undefined
}

export interface Applied {
  project: string
  name: string
  /** Of an update: the environment's newest revision. */
  revision?: number
  /** Of a wish to open: until when it must be opened for the first time. */
  accessExpiresAt?: string
}

/**
 * @throws Failure `conflict` when approvals are missing, when it was applied or closed, or when the environment has moved
 *   on; `diagnostics` when the text is no longer valid; `not_found`, `forbidden`
 */
export async function applyChangeRequest(actor: Actor, input: Apply): Promise<Applied> {
  const { request, permission } = await findRequest(database(), actor, input)
  await checkBeforehand(actor, request, permission)
  return withTransaction(async (tx) => {
    const found = await lockRequest(tx, actor, input)
    requireRight(actor, found.request, found.permission)
    requireReady(found.request)
    const bypassed = await requireApproval(tx, actor, found, input.bypassReason)
    const applied = await take(tx, actor, found.request)
    await recordApplied(tx, actor, found.request, bypassed)
    return applied
  })
}

/** Outside the transaction, because imports are loaded: what was valid when it was proposed may not be so now. */
async function checkBeforehand(actor: Actor, request: LoadedRequest, permission: EnvironmentPermission) {
  requireRight(actor, request, permission)
  if (request.action !== 'update' || request.status !== 'ready') return
  await requireValid(actor, permission, (await versionOf(database(), request)).definition)
}

function requireRight(actor: Actor, request: LoadedRequest, { grants }: EnvironmentPermission): void {
  if (mayApply({ actor, grants, request })) return
  const refusal =
    request.action === 'update'
      ? forbidden('environment:write')
      : new Failure('forbidden', 'Only the person who asked for it can take up the access.')
  throw refusingStep(refusal, grants, request)
}

function requireReady(request: LoadedRequest): void {
  if (request.status !== 'ready') {
    throw new Failure('conflict', `Conflict: the change request is ${request.status}`)
  }
  if (!isBehind(request)) return
  throw new Failure(
    'conflict',
    'Conflict: the environment has changed since the draft was written. Update the draft and have it approved anew.',
  )
}

interface Bypass {
  gates: string[]
  reason: string
}

/** @returns what was passed over, if anything was */
async function requireApproval(
  tx: Transaction,
  actor: Actor,
  { request, permission }: FoundRequest,
  reason: string | undefined,
): Promise<Bypass | undefined> {
  const candidates = candidatesIn(tx, request.organizationId)
  const verdicts = await judge(request, candidates)
  if (isSatisfied(verdicts)) return undefined
  if (reason === undefined) throw approvalsMissing(verdicts)
  const candidate = await candidates(requirePerson(actor).id)
  if (candidate === undefined || !mayBypass(candidate, verdicts, request)) {
    const refusal = new Failure(
      'forbidden',
      'Not every gate of this request lets you go ahead without approval.',
    )
    throw refusingStep(refusal, permission.grants, request)
  }
  if (reason.trim() === '' || reason.length > 1000) {
    throw new Failure('invalid', 'Bad Request: give a reason of at most 1000 characters', { field: 'reason' })
  }
  const missing = verdicts.filter(({ satisfied }) => !satisfied)
  return { gates: missing.map(({ rule }) => rule.name), reason: reason.trim() }
}

function approvalsMissing(verdicts: readonly Verdict[]): Failure {
  const missing = verdicts
    .filter(({ satisfied }) => !satisfied)
    .map(({ rule, approvals }) => `"${rule.name}" has ${approvals} of ${rule.approvalsRequired} approvals`)
  return new Failure('conflict', `Conflict: ${missing.join('; ')}`)
}

async function take(tx: Transaction, actor: Actor, request: LoadedRequest): Promise<Applied> {
  const { project, name } = request.environment
  const version = await versionOf(tx, request)
  if (request.action === 'update') {
    await update(tx, request, { status: 'applied' })
    return { project, name, revision: await addApproved(tx, actor, request, version) }
  }
  const seconds = version.grantExpirationSeconds ?? 0
  const accessExpiresAt = new Date(Date.now() + seconds * 1000)
  await update(tx, request, { status: 'applied', accessExpiresAt })
  return { project, name, accessExpiresAt: accessExpiresAt.toISOString() }
}

async function versionOf(
  tx: Transaction,
  { id, latestRevision }: LoadedRequest,
): Promise<ChangeRequestRevision> {
  return tx.changeRequestRevision.findUniqueOrThrow({
    where: { changeRequestId_number: { changeRequestId: id, number: latestRevision } },
  })
}

async function addApproved(
  tx: Transaction,
  actor: Actor,
  { id, environment, description }: LoadedRequest,
  { definition }: ChangeRequestRevision,
): Promise<number> {
  const latest = await loadRevision(tx, environment, environment.latestRevision)
  if (latest.definition === definition) return latest.number
  const message = description.slice(0, 1000)
  const change = { environment, after: latest.number, definition, message, changeRequestId: id }
  const { number } = await addRevision(tx, actor, change)
  const data = { revision: number, changeRequest: id }
  await record(tx, { actor, environment, event: 'environment-updated', did: 'Updated the environment', data })
  return number
}

async function recordApplied(
  tx: Transaction,
  actor: Actor,
  request: LoadedRequest,
  bypassed: Bypass | undefined,
): Promise<void> {
  const { environment, latestRevision: revision } = request
  const what = bypassed ? 'applied-without-approval' : 'applied'
  const did = bypassed ? 'Applied without approval a request about' : 'Applied a request about'
  await happened(tx, actor, {
    request,
    environment,
    kind: 'status_changed',
    status: 'applied',
    what,
    did,
    revision,
    comment: bypassed?.reason,
    ...(bypassed && { data: { gates: bypassed.gates, reason: bypassed.reason } }),
  })
}
