/** The steps of rotations, sealed: what a killed rotation is taken up from. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { database, type Transaction, withTransaction } from '@/lib/db'
import type { RotationStep } from '@/lib/generated/prisma/client'
import type { RotationJournal, Step } from '@/lib/rotators/journal'
import { openSealed, rotationStepPlace, seal } from '@/lib/secrets'
import { type RotationUnderWay, requireUnderWay } from './under-way'

/** One call of the environment that is being rotated. */
export interface RotatedCall {
  /** Document path. */
  path: string
  rotator: string
}

const stepSchema = z.object({ basis: z.string(), plan: z.unknown(), state: z.unknown().optional() })

/** The journal of one call. Only the rotation that is under way may write to it. */
export function databaseJournal(rotation: RotationUnderWay, call: RotatedCall): RotationJournal {
  return {
    find: () => findStep(rotation, call),
    keep: (step) =>
      withTransaction(async (tx) => {
        await requireUnderWay(tx, rotation)
        await keepStep(tx, rotation, { ...call, step })
      }),
  }
}

async function findStep(rotation: RotationUnderWay, { path, rotator }: RotatedCall) {
  const row = await database().rotationStep.findFirst({ where: { ...living(rotation), path, rotator } })
  return row ? openStep(database(), row) : undefined
}

/** What a step holds: plain secrets. */
export async function openStep(
  tx: Transaction,
  row: Pick<RotationStep, 'id' | 'organizationId' | 'sealed'>,
): Promise<Step> {
  const plaintext = await openSealed(tx, rotationStepPlace(row.organizationId, row.id), row.sealed)
  const { basis, plan, state } = stepSchema.parse(JSON.parse(plaintext.toString('utf8')))
  plaintext.fill(0)
  return { basis, plan, ...(state !== undefined && { state }) }
}

async function keepStep(
  tx: Transaction,
  rotation: RotationUnderWay,
  { path, rotator, step }: RotatedCall & { step: Step },
): Promise<void> {
  const { organizationId, environmentId } = rotation
  const where = { ...living(rotation), path }
  // What another rotator did at this place has no other record than its step.
  await tx.rotationStep.updateMany({
    where: { ...where, rotator: { not: rotator } },
    data: { orphanedAt: new Date() },
  })
  const before = await tx.rotationStep.findFirst({ where, select: { id: true } })
  const id = before?.id ?? randomUUID()
  const plaintext = Buffer.from(JSON.stringify(step))
  const sealed = await seal(tx, rotationStepPlace(organizationId, id), plaintext)
  plaintext.fill(0)
  const row = { id, organizationId, environmentId, path, rotator, sealed }
  await tx.rotationStep.upsert({ where: { id }, create: row, update: { sealed } })
}

/** Steps whose new state now stands in a revision. */
export async function forgetSteps(
  tx: Transaction,
  rotation: RotationUnderWay,
  paths: readonly string[],
): Promise<void> {
  await tx.rotationStep.deleteMany({ where: { ...living(rotation), path: { in: [...paths] } } })
}

/**
 * Steps whose call is gone from the definition: they stay, sealed, for somebody to recover.
 *
 * @param isThere whether the definition still has the call
 * @returns their paths and ids
 */
export async function orphanSteps(
  tx: Transaction,
  rotation: RotationUnderWay,
  isThere: (call: RotatedCall) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const select = { id: true, path: true, rotator: true }
  const rows = await tx.rotationStep.findMany({ where: living(rotation), select })
  const orphans = rows.filter((call) => !isThere(call))
  await tx.rotationStep.updateMany({
    where: { organizationId: rotation.organizationId, id: { in: orphans.map(({ id }) => id) } },
    data: { orphanedAt: new Date() },
  })
  return new Map(orphans.map(({ path, id }) => [path, id]))
}

function living({ organizationId, environmentId }: RotationUnderWay) {
  return { organizationId, environmentId, orphanedAt: null }
}
