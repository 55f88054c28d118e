/** Asking for access to an environment that one may not open, or not without approval (http-api.md §6.4). */
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import { requirePerson } from '@/lib/access/person'
import {
  type EnvironmentPermission,
  environmentNotFound,
  findEnvironment,
  requireEnvironment,
} from '@/lib/access/require'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { authorOf } from '@/lib/environments/author'
import { lockEnvironment } from '@/lib/environments/lock'
import { type EnvironmentReference, qualifiedName } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'
import type { ChangeRequest, Environment } from '@/lib/generated/prisma/client'
import { refuseDecided, update } from './change-requests'
import { refusingStep } from './request'
import { happened } from './timeline'

export interface AccessTimes {
  /** How long an approval may wait for its first use. */
  grantExpirationSeconds: number
  /** How long the environment may be opened from its first use on. */
  accessDurationSeconds: number
}

export interface OpenRequestSummary extends AccessTimes {
  id: string
  project: string
  name: string
  latestRevision: number
  etag: string
}

/** What `esc env open-request` asks for, unless told otherwise. */
export const defaultTimes: AccessTimes = { grantExpirationSeconds: 90_000, accessDurationSeconds: 259_200 }

const longestSeconds = 30 * 24 * 3600

/**
 * Asks for the environment and for everything that it imports, as far as the caller needs to be let in: the environment
 * first. Each is approved by itself.
 *
 * @throws Failure `invalid` when nothing needs to be asked for, `not_found`, `forbidden` for tokens that are no person's
 */
export async function requestOpen(
  actor: Actor,
  input: EnvironmentReference & AccessTimes & { description?: string },
): Promise<OpenRequestSummary[]> {
  refuseTimes(input)
  const permission = await requireEnvironment(database(), actor, { ...input, scope: 'environment:read' })
  requirePerson(actor)
  const closed = await closedEnvironments(permission)
  if (closed.length === 0) {
    const name = qualifiedName(permission.environment)
    throw new Failure('invalid', `Bad Request: opening ${name} needs no approval; open it directly`)
  }
  return withTransaction(async (tx) => {
    const requests: OpenRequestSummary[] = []
    // Locks are taken in the order of ids, so that two who ask for the same environments do not wait for each other.
    for (const { id } of [...closed].sort((one, other) => (one.id < other.id ? -1 : 1))) {
      const held = { id, organizationId: permission.organization.id }
      if (!(await lockEnvironment(tx, held))) throw environmentNotFound()
    }
    for (const environment of closed) requests.push(await ask(tx, actor, environment, input))
    return requests
  })
}

async function ask(
  tx: Transaction,
  actor: Actor,
  environment: Environment,
  { grantExpirationSeconds, accessDurationSeconds, description = '' }: AccessTimes & { description?: string },
): Promise<OpenRequestSummary> {
  const author = authorOf(actor)
  const { id: environmentId, organizationId, latestRevision: baseRevision } = environment
  const made = { createdById: author.id, createdByLogin: author.login }
  const times = { grantExpirationSeconds, accessDurationSeconds }
  const request = await tx.changeRequest.create({
    data: {
      organizationId,
      environmentId,
      action: 'open',
      status: 'ready',
      description,
      baseRevision,
      ...made,
      createdByName: author.name,
      revisions: { create: { organizationId, number: 1, definition: '', ...times, ...made } },
    },
  })
  const step = {
    what: 'created',
    did: 'Asked for access to',
    revision: 1,
    data: { ...times, action: 'open' },
  }
  await happened(tx, actor, { request, environment, kind: 'revision_added', ...step })
  return summarizeOpen(request, environment, times)
}

/** More imports than this are not followed; language.md bounds them far below. */
const mostEnvironments = 100

/** The environment and its imports, through any number of them, that the caller may read and cannot open now. */
async function closedEnvironments(permission: EnvironmentPermission): Promise<Environment[]> {
  const { organization, grants, environment } = permission
  const closed: Environment[] = []
  const seen = new Set([environment.id])
  const pending = [{ environment, facts: permission.facts }]
  for (let next = pending.shift(); next && seen.size <= mostEnvironments; next = pending.shift()) {
    const { environment: current, facts } = next
    if (!may(grants, 'environment:open', facts).allowed) closed.push(current)
    const imports = await database().revisionReference.findMany({
      where: { organizationId: organization.id, environmentId: current.id, revision: current.latestRevision },
      orderBy: { id: 'asc' },
    })
    for (const { targetProject: project, targetName: name } of imports) {
      const found = await findEnvironment(database(), permission, { project, name })
      if (!found || seen.has(found.environment.id)) continue
      seen.add(found.environment.id)
      if (may(grants, 'environment:read', found.facts).allowed) pending.push(found)
    }
  }
  return closed
}

export interface OpenRequestReference extends EnvironmentReference {
  id: string
}

/** @throws Failure `not_found` */
export async function readOpenRequest(
  actor: Actor,
  reference: OpenRequestReference,
): Promise<OpenRequestSummary> {
  const question = { ...reference, scope: 'environment:read' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const request = await findOpen(database(), environment, reference.id)
  const { grantExpirationSeconds, accessDurationSeconds } =
    await database().changeRequestRevision.findUniqueOrThrow({
      where: { changeRequestId_number: { changeRequestId: request.id, number: request.latestRevision } },
    })
  return summarizeOpen(request, environment, {
    grantExpirationSeconds: grantExpirationSeconds ?? 0,
    accessDurationSeconds: accessDurationSeconds ?? 0,
  })
}

/** Asks for other times; what was approved before is void. By its author. @throws Failure `conflict`, `not_found`, `forbidden` */
export async function updateOpenRequest(
  actor: Actor,
  input: OpenRequestReference & AccessTimes,
): Promise<OpenRequestSummary> {
  refuseTimes(input)
  const { grantExpirationSeconds, accessDurationSeconds } = input
  const times = { grantExpirationSeconds, accessDurationSeconds }
  return withTransaction(async (tx) => {
    const question = { ...input, scope: 'environment:read' } as const
    const { environment, grants } = await requireEnvironment(tx, actor, question)
    const person = requirePerson(actor)
    if (!(await lockEnvironment(tx, environment))) throw environmentNotFound()
    const request = await findOpen(tx, environment, input.id)
    if (request.createdById !== person.id) {
      const refusal = new Failure('forbidden', 'Only the person who asked can change the request.')
      throw refusingStep(refusal, grants, { id: request.id, environment })
    }
    refuseDecided(request)
    const number = request.latestRevision + 1
    await tx.changeRequestRevision.create({
      data: {
        organizationId: request.organizationId,
        changeRequestId: request.id,
        number,
        definition: '',
        ...times,
        createdById: person.id,
        createdByLogin: person.login,
      },
    })
    await update(tx, request, { latestRevision: number })
    const step = { what: 'updated', did: 'Asked for other access to', revision: number, data: times }
    await happened(tx, actor, { request, environment, kind: 'revision_added', ...step })
    return summarizeOpen({ ...request, latestRevision: number }, environment, times)
  })
}

async function findOpen(tx: Transaction, environment: Environment, id: string): Promise<ChangeRequest> {
  const row = await tx.changeRequest.findFirst({
    where: { id, action: 'open', environmentId: environment.id, organizationId: environment.organizationId },
  })
  if (!row) throw new Failure('not_found', 'Not Found: open request')
  return row
}

/** @throws Failure `invalid` with `details.field` */
function refuseTimes(times: AccessTimes): void {
  for (const field of ['grantExpirationSeconds', 'accessDurationSeconds'] as const) {
    const seconds = times[field]
    if (Number.isInteger(seconds) && seconds >= 1 && seconds <= longestSeconds) continue
    const rule = `a whole number of seconds up to ${longestSeconds}`
    throw new Failure('invalid', `Bad Request: invalid ${field}: ${rule}`, { field })
  }
}

function summarizeOpen(
  request: ChangeRequest,
  environment: Environment,
  times: AccessTimes,
): OpenRequestSummary {
  const { id, latestRevision } = request
  const { project, name } = environment
  return {
    id,
    project,
    name,
    latestRevision,
    etag: `${id}/${latestRevision}`,
    grantExpirationSeconds: times.grantExpirationSeconds,
    accessDurationSeconds: times.accessDurationSeconds,
  }
}
