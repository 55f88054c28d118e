/** When the rotated secrets of an environment are to be renewed (http-api.md §7). */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound, requireEnvironment } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { lockEnvironment } from '@/lib/environments/lock'
import { record } from '@/lib/environments/record'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'
import type { Environment, RotationExecution, RotationSchedule } from '@/lib/generated/prisma/client'
import { nextTime, parseCron, shortestPauseMinutes } from './cron'

export interface ScheduleSummary {
  id: string
  organizationId: string
  /** Property path of what is rotated; empty = everything. */
  path: string
  cron?: string
  once?: string
  paused: boolean
  createdAt: string
  modifiedAt: string
  lastExecutedAt?: string
  nextExecutionAt?: string
}

/** Exactly one of the two. */
export interface Timing {
  cron?: string | undefined
  /** ISO 8601, in the future. */
  once?: string | undefined
}

export interface ScheduleReference extends EnvironmentReference {
  id: string
}

/** @throws Failure `not_found`, `forbidden` */
export async function listSchedules(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<ScheduleSummary[]> {
  const environment = await permitted(database(), actor, reference, 'environment_schedule:read')
  const rows = await database().rotationSchedule.findMany({
    where: { environmentId: environment.id, organizationId: environment.organizationId },
    orderBy: { createdAt: 'asc' },
  })
  return rows.map(summarizeSchedule)
}

/** @throws Failure `not_found`, `forbidden` */
export async function readSchedule(actor: Actor, reference: ScheduleReference): Promise<ScheduleSummary> {
  const environment = await permitted(database(), actor, reference, 'environment_schedule:read')
  return summarizeSchedule(await findSchedule(database(), environment, reference.id))
}

/** An environment has at most one for each path. @throws Failure `invalid`, `conflict`, `not_found`, `forbidden` */
export async function createSchedule(
  actor: Actor,
  { path = '', ...input }: EnvironmentReference & Timing & { path?: string | undefined },
): Promise<ScheduleSummary> {
  const timing = checkTiming(input)
  return withTransaction(async (tx) => {
    const environment = await permitted(tx, actor, input, 'environment_schedule:create')
    // The lock makes two who create at once come one after the other.
    if (!(await lockEnvironment(tx, environment))) throw environmentNotFound()
    const { id: environmentId, organizationId } = environment
    if ((await tx.rotationSchedule.count({ where: { environmentId, organizationId, path } })) > 0) {
      throw new Failure('conflict', 'Conflict: the environment has a schedule already', { field: 'path' })
    }
    const row = await tx.rotationSchedule.create({
      data: { organizationId, environmentId, path, ...timing, ...makerOf(actor) },
    })
    await note(tx, actor, environment, { row, event: 'created', did: 'Scheduled rotation of' })
    return summarizeSchedule(row)
  })
}

/** What is absent stays; one kind of timing replaces the other. @throws Failure `invalid`, `not_found`, `forbidden` */
export async function updateSchedule(
  actor: Actor,
  { path, ...input }: ScheduleReference & Timing & { path?: string | undefined },
): Promise<ScheduleSummary> {
  const timing = input.cron === undefined && input.once === undefined ? {} : checkTiming(input)
  return withTransaction(async (tx) => {
    const environment = await permitted(tx, actor, input, 'environment_schedule:update')
    const { id } = await findSchedule(tx, environment, input.id)
    const row = await tx.rotationSchedule.update({
      where: { id, organizationId: environment.organizationId },
      // It runs with the rights of who said last what it does: nobody borrows another's (A05).
      data: { ...timing, ...(path !== undefined && { path }), ...makerOf(actor), modifiedAt: new Date() },
    })
    await note(tx, actor, environment, { row, event: 'updated', did: 'Changed the schedule of' })
    return summarizeSchedule(row)
  })
}

/** @throws Failure `not_found`, `forbidden` */
export async function pauseSchedule(
  actor: Actor,
  { paused, ...reference }: ScheduleReference & { paused: boolean },
): Promise<void> {
  await withTransaction(async (tx) => {
    const scope = paused ? 'environment_schedule:pause' : 'environment_schedule:resume'
    const environment = await permitted(tx, actor, reference, scope)
    const before = await findSchedule(tx, environment, reference.id)
    const row = await tx.rotationSchedule.update({
      where: { id: before.id, organizationId: environment.organizationId },
      data: { paused, modifiedAt: new Date(), nextExecutionAt: nextOf(before) },
    })
    const did = paused ? 'Paused the schedule of' : 'Resumed the schedule of'
    await note(tx, actor, environment, { row, event: 'updated', did })
  })
}

/** @throws Failure `not_found`, `forbidden` */
export async function deleteSchedule(actor: Actor, reference: ScheduleReference): Promise<void> {
  await withTransaction(async (tx) => {
    const environment = await permitted(tx, actor, reference, 'environment_schedule:delete')
    const row = await findSchedule(tx, environment, reference.id)
    await tx.rotationSchedule.delete({ where: { id: row.id, organizationId: environment.organizationId } })
    await note(tx, actor, environment, { row, event: 'deleted', did: 'Removed the schedule of' })
  })
}

/** What came of it, the newest first. @throws Failure `not_found`, `forbidden` */
export async function listExecutions(
  actor: Actor,
  reference: ScheduleReference,
): Promise<RotationExecution[]> {
  const environment = await permitted(database(), actor, reference, 'environment_schedule:read')
  const { id } = await findSchedule(database(), environment, reference.id)
  return database().rotationExecution.findMany({
    where: { scheduleId: id, organizationId: environment.organizationId },
    orderBy: { at: 'desc' },
    take: 100,
  })
}

async function permitted(
  tx: Transaction,
  actor: Actor,
  reference: EnvironmentReference,
  scope: EnvironmentScope,
): Promise<Environment> {
  return (await requireEnvironment(tx, actor, { ...reference, scope })).environment
}

async function findSchedule(
  tx: Transaction,
  environment: Environment,
  id: string,
): Promise<RotationSchedule> {
  const row = await tx.rotationSchedule.findFirst({
    where: { id, environmentId: environment.id, organizationId: environment.organizationId },
  })
  if (!row) throw new Failure('not_found', 'Not Found: EnvironmentSchedule')
  return row
}

/** As whom it will run. */
function makerOf({ principal, credential }: Actor) {
  return principal.kind === 'person'
    ? { createdById: principal.id, createdByToken: null }
    : { createdById: null, createdByToken: credential.id }
}

interface StoredTiming {
  cron: string | null
  once: Date | null
  nextExecutionAt: Date
}

/** Stores wear out when they are rotated without pause (providers.md §5.4). */
const leastMinutes = 15

/** @throws Failure `invalid` */
function checkTiming({ cron, once }: Timing): StoredTiming {
  if ((cron === undefined) === (once === undefined)) {
    throw invalid('scheduleCron', 'give exactly one of scheduleCron and scheduleOnce')
  }
  if (once !== undefined) {
    const at = new Date(once)
    if (!(at.getTime() > Date.now())) throw invalid('scheduleOnce', 'give a time in the future')
    return { cron: null, once: at, nextExecutionAt: at }
  }
  const parsed = parseCron(cron ?? '')
  const next =
    parsed && shortestPauseMinutes(parsed) >= leastMinutes ? nextTime(parsed, new Date()) : undefined
  if (!next) {
    const rule = `give five fields that mean times at least ${leastMinutes} minutes apart, such as 0 0 * * 1`
    throw invalid('scheduleCron', rule)
  }
  return { cron: cron ?? null, once: null, nextExecutionAt: next }
}

function nextOf({ cron, once, lastExecutedAt }: RotationSchedule): Date | null {
  const parsed = cron === null ? undefined : parseCron(cron)
  if (parsed) return nextTime(parsed, new Date()) ?? null
  return once !== null && once > (lastExecutedAt ?? new Date(0)) ? once : null
}

function invalid(field: string, rule: string): Failure {
  return new Failure('invalid', `Bad Request: invalid ${field}: ${rule}`, { field })
}

interface Note {
  row: RotationSchedule
  event: 'created' | 'updated' | 'deleted'
  did: string
}

async function note(tx: Transaction, actor: Actor, environment: Environment, { row, event, did }: Note) {
  const data = { schedule: row.id, path: row.path, cron: row.cron ?? '', once: row.once?.toISOString() ?? '' }
  await record(tx, { actor, environment, event: `environment-schedule-${event}`, did, data })
}

function summarizeSchedule(row: RotationSchedule): ScheduleSummary {
  const { cron, once, lastExecutedAt, nextExecutionAt } = row
  return {
    id: row.id,
    organizationId: row.organizationId,
    path: row.path,
    paused: row.paused,
    createdAt: row.createdAt.toISOString(),
    modifiedAt: row.modifiedAt.toISOString(),
    ...(cron !== null && { cron }),
    ...(once && { once: once.toISOString() }),
    ...(lastExecutedAt && { lastExecutedAt: lastExecutedAt.toISOString() }),
    ...(nextExecutionAt && !row.paused && { nextExecutionAt: nextExecutionAt.toISOString() }),
  }
}
