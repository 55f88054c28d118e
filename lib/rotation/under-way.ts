/** One rotation of an environment at a time, across all processes; a dead process keeps others out for a minute. */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound } from '@/lib/access/require'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { authorOf } from '@/lib/environments/author'
import { lockEnvironment } from '@/lib/environments/lock'
import { record } from '@/lib/environments/record'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'

export interface RotationUnderWay {
  /** Of its event. */
  id: string
  organizationId: string
  environmentId: string
  preRevision: number
  scheduleId: string | undefined
}

export interface Beginning {
  scheduleId?: string | undefined
  leaseMs: number
}

/** @throws Failure `conflict` while another one is under way, `not_found` */
export async function beginRotation(
  actor: Actor,
  environment: Environment,
  { scheduleId, leaseMs }: Beginning,
): Promise<RotationUnderWay> {
  return withTransaction(async (tx) => {
    const locked = await lockEnvironment(tx, environment)
    if (!locked) throw environmentNotFound()
    await endInterrupted(tx, actor, environment)
    const { id: environmentId, organizationId } = environment
    const { id: createdById, login: createdByLogin } = authorOf(actor)
    const { id, preRevision } = await tx.rotationEvent.create({
      data: {
        organizationId,
        environmentId,
        preRevision: locked.latestRevision,
        createdById,
        createdByLogin,
        scheduleId: scheduleId ?? null,
        leaseUntil: new Date(Date.now() + leaseMs),
      },
    })
    const event = 'environment-rotation-started'
    const data = { rotation: id, revision: preRevision, schedule: scheduleId ?? '' }
    await record(tx, { actor, environment, event, did: 'Began to rotate secrets of', data })
    return { id, organizationId, environmentId, preRevision, scheduleId }
  })
}

/** What a dead process left under way counts as failed; its steps wait for this rotation to take them up. */
async function endInterrupted(tx: Transaction, actor: Actor, environment: Environment): Promise<void> {
  const { id: environmentId, organizationId } = environment
  const left = await tx.rotationEvent.findFirst({
    where: { organizationId, environmentId, status: 'in_progress' },
  })
  if (!left) return
  if (left.leaseUntil > new Date()) {
    throw new Failure('conflict', 'Conflict: a rotation of this environment is under way')
  }
  const errorMessage = 'the rotation was interrupted; the next one took it up'
  await tx.rotationEvent.update({
    where: { id: left.id, organizationId },
    data: { status: 'failed', errorMessage, completedAt: new Date() },
  })
  const event = 'environment-rotation-interrupted'
  const data = { rotation: left.id, revision: left.preRevision }
  await record(tx, { actor, environment, event, did: 'Found an interrupted rotation of', data })
}

/** Renews the lease until the returned function is called. */
export function keepLease({ id, organizationId }: RotationUnderWay, leaseMs: number): () => void {
  const timer = setInterval(() => {
    const where = { id, organizationId, status: 'in_progress' } as const
    const data = { leaseUntil: new Date(Date.now() + leaseMs) }
    // A renewal that fails is followed by the next; if none succeeds the lease ends, as it should.
    database()
      .rotationEvent.updateMany({ where, data })
      .catch(() => undefined)
  }, leaseMs / 3)
  timer.unref()
  return () => clearInterval(timer)
}

/** @throws Failure `conflict` when the lease was lost and another rotation took over: nothing more may be done then */
export async function requireUnderWay(tx: Transaction, rotation: RotationUnderWay): Promise<void> {
  const { id, organizationId } = rotation
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "RotationEvent" WHERE "id" = ${id} AND "organizationId" = ${organizationId}
    AND "status" = 'in_progress' FOR UPDATE`
  if (rows.length === 0) throw new Failure('conflict', 'Conflict: another rotation took over')
}
