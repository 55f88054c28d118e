/**
 * Steps whose call is gone from the definition: what they made at the service is still in force there, and has no other
 * record than the sealed step. Somebody reads it, puts the service in order by hand, and then lets it go.
 */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { record } from '@/lib/environments/record'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { Failure } from '@/lib/failure'
import type { Environment, RotationStep } from '@/lib/generated/prisma/client'
import { openStep } from './journal'

export interface Leftover {
  id: string
  /** Property path below `values` where the call stood. */
  path: string
  rotator: string
  /** ISO 8601: when the step was begun, and when its call was found to be gone. */
  createdAt: string
  orphanedAt: string
}

/** Plain secrets. */
export interface LeftoverContent extends Leftover {
  /** What the rotator had decided; it may or may not have been carried out. */
  plan: unknown
  /** What it made; absent when it was stopped before it could say so. */
  state?: unknown
}

export interface LeftoverReference extends EnvironmentReference {
  id: string
}

/** The oldest first. @throws Failure `not_found`, `forbidden` */
export async function listLeftovers(actor: Actor, reference: EnvironmentReference): Promise<Leftover[]> {
  const question = { ...reference, scope: 'environment:rotate_history' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const where = { ...of(environment), orphanedAt: { not: null } }
  const rows = await database().rotationStep.findMany({ where, orderBy: { createdAt: 'asc' } })
  return rows.map(summarize)
}

/** Discloses what a step holds, on the record. @throws Failure `not_found`, `forbidden` */
export async function readLeftover(actor: Actor, reference: LeftoverReference): Promise<LeftoverContent> {
  return withTransaction(async (tx) => {
    await requireEnvironment(tx, actor, { ...reference, scope: 'environment:open' })
    const { environment, row } = await findLeftover(tx, actor, reference)
    const { plan, state } = await openStep(tx, row)
    await note(tx, actor, { environment, row, event: 'read', did: 'Read what a rotation left over of' })
    return { ...summarize(row), plan, ...(state !== undefined && { state }) }
  })
}

/** Forgets a step for good. @throws Failure `not_found`, `forbidden` */
export async function discardLeftover(actor: Actor, reference: LeftoverReference): Promise<void> {
  await withTransaction(async (tx) => {
    const { environment, row } = await findLeftover(tx, actor, reference)
    await tx.rotationStep.deleteMany({ where: { ...of(environment), id: row.id } })
    await note(tx, actor, {
      environment,
      row,
      event: 'discarded',
      did: 'Let go what a rotation left over of',
    })
  })
}

async function findLeftover(tx: Transaction, actor: Actor, { id, ...reference }: LeftoverReference) {
  const question = { ...reference, scope: 'environment:rotate' } as const
  const { environment } = await requireEnvironment(tx, actor, question)
  const where = { ...of(environment), id, orphanedAt: { not: null } }
  const row = await tx.rotationStep.findFirst({ where })
  if (!row) throw new Failure('not_found', 'Not Found: there is no such leftover')
  return { environment, row }
}

function of({ id, organizationId }: Environment) {
  return { environmentId: id, organizationId }
}

interface Note {
  environment: Environment
  row: RotationStep
  event: 'read' | 'discarded'
  did: string
}

async function note(tx: Transaction, actor: Actor, { environment, row, event, did }: Note): Promise<void> {
  const { id, path, rotator } = row
  const data = { leftover: id, path, rotator }
  await record(tx, { actor, environment, event: `environment-rotation-leftover-${event}`, did, data })
}

function summarize({ id, path, rotator, createdAt, orphanedAt }: RotationStep): Leftover {
  return {
    id,
    path: path.replace(/^values\.?/, ''),
    rotator,
    createdAt: createdAt.toISOString(),
    orphanedAt: (orphanedAt ?? createdAt).toISOString(),
  }
}
