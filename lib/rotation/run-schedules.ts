/** Runs the schedules that are due: each time once, by one process, one rotation of an environment at a time. */
import { type Actor, operator } from '@/lib/access/actor'
import { personActor } from '@/lib/access/person'
import { actorOfToken } from '@/lib/access/tokens'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { record } from '@/lib/environments/record'
import { isFailure } from '@/lib/failure'
import type { Environment, RotationSchedule } from '@/lib/generated/prisma/client'
import { nextTime, parseCron } from './cron'
import type { RotationSummary } from './history'
import { rotateEnvironment } from './rotate'

/** Results are words, or `failed: ` and why. */
const running = 'running'

/** After this a run is taken for dead. */
const leaseMinutes = 15
/** Schedules of the same time are spread over this, each by its own share. */
const jitterSeconds = 60

interface Run {
  execution: string
  schedule: RotationSchedule
  environment: Environment & { organization: { name: string } }
}

/** As many rotate at once. */
const batchSize = 5

/** Safe to run in several processes. @returns `more` while more may be due */
export async function runDueSchedules(): Promise<'idle' | 'more'> {
  const runs: Run[] = []
  while (runs.length < batchSize) {
    const run = await withTransaction(claimNext)
    if (!run) break
    runs.push(run)
  }
  await Promise.all(runs.map(execute))
  return runs.length === batchSize ? 'more' : 'idle'
}

/** Takes the next one that is due out of the plan: whatever comes now, this time does not come again. */
async function claimNext(tx: Transaction): Promise<Run | undefined> {
  const [due] = await tx.$queryRaw<{ id: string; environmentId: string }[]>`
    SELECT s."id", s."environmentId"
    FROM "RotationSchedule" s JOIN "Environment" e ON e."id" = s."environmentId"
    WHERE NOT s."paused" AND e."deletedAt" IS NULL
      AND s."nextExecutionAt" + make_interval(secs => (hashtext(s."id") & 2147483647) % ${jitterSeconds}::int) <= now()
      AND NOT EXISTS (
        SELECT 1 FROM "RotationExecution" x JOIN "RotationSchedule" o ON o."id" = x."scheduleId"
        WHERE o."environmentId" = s."environmentId" AND x."result" = ${running}
      )
    ORDER BY s."nextExecutionAt" LIMIT 1 FOR UPDATE OF s, e SKIP LOCKED`
  // Once more now that the environment's row is held, so that two schedules of one environment do not both begin.
  if (!due || (await isRunning(tx, due.environmentId))) return undefined
  const include = { environment: { include: { organization: { select: { name: true } } } } } as const
  const { environment, ...schedule } = await tx.rotationSchedule.findUniqueOrThrow({
    where: { id: due.id },
    include,
  })
  const { organizationId, id: scheduleId } = schedule
  const data = { lastExecutedAt: new Date(), nextExecutionAt: timeAfter(schedule) }
  await tx.rotationSchedule.update({ where: { id: scheduleId }, data })
  const { id: execution } = await tx.rotationExecution.create({
    data: { organizationId, scheduleId, result: running },
  })
  return { execution, schedule, environment }
}

/** After now and after the planned time, so that a clock that is set back repeats nothing (D03); missed times are one. */
function timeAfter({ cron, nextExecutionAt }: RotationSchedule): Date | null {
  const parsed = cron === null ? undefined : parseCron(cron)
  const after = Math.max(Date.now(), nextExecutionAt?.getTime() ?? 0)
  return (parsed && nextTime(parsed, new Date(after))) ?? null
}

async function isRunning(tx: Transaction, environmentId: string): Promise<boolean> {
  const where = { result: running, schedule: { environmentId } }
  return (await tx.rotationExecution.count({ where })) > 0
}

async function execute({ execution, schedule, environment }: Run): Promise<void> {
  const outcome = await rotate(schedule, environment).catch((error: unknown) => {
    if (isFailure(error)) return { result: `failed: ${error.message}`, revision: null }
    return { result: 'failed: unexpected error', revision: null, error }
  })
  const { result, revision } = outcome
  await withTransaction(async (tx) => {
    await tx.rotationExecution.updateMany({ where: { id: execution }, data: { result, revision } })
    const data = { schedule: schedule.id, result }
    const event = 'environment-schedule-executed'
    await record(tx, { actor: operator, environment, event, did: 'Ran the schedule of', data })
  })
  if ('error' in outcome) throw outcome.error
}

/** With what its maker may do now, not when they made it (A07). */
async function rotate(schedule: RotationSchedule, environment: Run['environment']) {
  const actor = await makerOf(schedule)
  if (!actor) return { result: 'failed: who made the schedule may no longer act here', revision: null }
  const { project, name, organization } = environment
  const paths = schedule.path === '' ? [] : [schedule.path]
  const request = { organization: organization.name, project, name, paths, scheduleId: schedule.id }
  return resultOf((await rotateEnvironment(actor, request)).event)
}

function resultOf({ status, preRevision, postRevision, errorMessage, results }: RotationSummary) {
  const reason = errorMessage ?? results.find((result) => result.errorMessage !== undefined)?.errorMessage
  const result = reason === undefined ? status : `${status}: ${reason}`
  return { result, revision: postRevision ?? preRevision }
}

async function makerOf(schedule: RotationSchedule): Promise<Actor | undefined> {
  const { createdById, createdByToken, id } = schedule
  const origin = { address: '', requestId: `schedule-${id}` }
  if (createdByToken !== null) return actorOfToken(createdByToken, origin)
  const where = { id: createdById ?? '', disabledAt: null }
  const person = await database().person.findFirst({ where })
  return person ? personActor(person, { kind: 'schedule', id, name: 'schedule' }, origin) : undefined
}

/** Runs whose process died. Safe to run in several processes. */
export async function endInterruptedRuns(): Promise<'idle'> {
  await database().$executeRaw`
    UPDATE "RotationExecution" SET "result" = 'failed: interrupted'
    WHERE "result" = ${running} AND "at" < now() - make_interval(mins => ${leaseMinutes}::int)`
  return 'idle'
}
