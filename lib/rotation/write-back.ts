/**
 * The end of a rotation: new states go into the newest definition, whatever became of it meanwhile. Credentials outside
 * have changed already, so nothing here may lose a state: what has no place any more stays in the journal.
 */
import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/access/actor'
import { type Transaction, withTransaction } from '@/lib/db'
import { lockEnvironment } from '@/lib/environments/lock'
import { record } from '@/lib/environments/record'
import { loadRevision } from '@/lib/environments/revision'
import { addRevision, sealDefinition } from '@/lib/environments/save'
import type { Environment } from '@/lib/generated/prisma/client'
import { joinKey, type Rotation } from '@/lib/language'
import { applyRotations, hasRotation } from '@/lib/language/edit/rotations'
import { type RotationResult, type RotationSummary, summarizeRotation } from './history'
import { forgetSteps, orphanSteps, type RotatedCall } from './journal'
import { type RotationUnderWay, requireUnderWay } from './under-way'

export interface Finished {
  environment: Environment
  rotation: RotationUnderWay
  rotations: readonly Rotation[]
  /** Paths that were asked for and name no rotated secret. */
  missing: readonly string[]
}

/** Writes the states as one new revision, and what came of every path. One transaction. */
export async function finishRotation(actor: Actor, finished: Finished): Promise<RotationSummary> {
  return withTransaction(async (tx) => {
    const { environment, rotation, rotations, missing } = finished
    await requireUnderWay(tx, rotation)
    const head = await headOf(tx, environment)
    const written = await writeStates(tx, actor, { environment, rotations, head })
    await forgetSteps(tx, rotation, written.placed)
    const orphans = await orphanSteps(
      tx,
      rotation,
      (call) => head !== undefined && hasCall(head.definition, call),
    )
    const results = [
      ...rotations.map((each) => resultOf(each, written.placed, orphans)),
      ...missing.map((path) => failedResult(path, 'there is no rotated secret')),
    ]
    return endRotation(tx, actor, { environment, rotation, results, postRevision: written.revision, orphans })
  })
}

interface Head {
  number: number
  definition: string
}

async function headOf(tx: Transaction, environment: Environment): Promise<Head | undefined> {
  // The lock makes this the newest definition until the transaction ends, so one attempt is enough.
  const locked = await lockEnvironment(tx, environment)
  return locked && loadRevision(tx, environment, locked.latestRevision)
}

interface Written {
  revision: number | undefined
  /** Document paths of the calls whose states now stand in the revision. */
  placed: string[]
}

async function writeStates(
  tx: Transaction,
  actor: Actor,
  { environment, rotations, head }: Pick<Finished, 'environment' | 'rotations'> & { head: Head | undefined },
): Promise<Written> {
  if (!head) return { revision: undefined, placed: [] }
  const { text, placed } = placeStates(head.definition, rotations)
  if (placed.length === 0) return { revision: undefined, placed }
  const definition = await sealDefinition(tx, environment, text)
  const message = `Rotated ${placed.map(belowValues).join(', ')}`.slice(0, 1000)
  const { number } = await addRevision(tx, actor, { environment, after: head.number, definition, message })
  return { revision: number, placed }
}

function placeStates(before: string, rotations: readonly Rotation[]): { text: string; placed: string[] } {
  const placed: string[] = []
  let text = before
  for (const { path, patch } of rotations) {
    const edit = patch && hasRotation(text, patch) ? applyRotations(text, [patch]) : undefined
    if (!edit?.ok) continue
    text = edit.text
    placed.push(path)
  }
  return { text, placed }
}

function hasCall(text: string, { path, rotator }: RotatedCall): boolean {
  return [`fn::rotate::${rotator}`, 'fn::rotate'].some((name) =>
    hasRotation(text, { path: `${joinKey(path, name)}.state` }),
  )
}

function resultOf(
  { path, status, diagnostics }: Rotation,
  placed: readonly string[],
  orphans: ReadonlyMap<string, string>,
): RotationResult {
  const name = belowValues(path)
  if (placed.includes(path)) return { id: randomUUID(), path: name, status: 'succeeded' }
  if (status === 'failed') return failedResult(name, diagnostics[0]?.summary ?? 'the rotation failed')
  if (status === 'not-evaluated') return failedResult(name, 'its inputs or its state are not known')
  const orphan = orphans.get(path)
  return failedResult(
    name,
    orphan === undefined
      ? 'the new state cannot be written at this place; it is kept, and the next rotation takes it up'
      : `the call is gone from the definition; what was made at the service is kept as leftover ${orphan}`,
  )
}

function failedResult(path: string, errorMessage: string): RotationResult {
  return { id: randomUUID(), path, status: 'failed', errorMessage }
}

export interface Ending {
  environment: Environment
  rotation: RotationUnderWay
  results: readonly RotationResult[]
  postRevision?: number | undefined
  orphans?: ReadonlyMap<string, string>
  /** Why it failed as a whole. */
  errorMessage?: string
}

/** Ends a rotation in its history and in the audit log. */
export async function endRotation(tx: Transaction, actor: Actor, ending: Ending): Promise<RotationSummary> {
  const { environment, rotation, results, postRevision, orphans = new Map(), errorMessage } = ending
  const failed = errorMessage !== undefined || results.some(({ status }) => status === 'failed')
  const status = failed ? 'failed' : 'succeeded'
  const row = await tx.rotationEvent.update({
    where: { id: rotation.id, organizationId: rotation.organizationId },
    data: {
      status,
      completedAt: new Date(),
      postRevision: postRevision ?? null,
      errorMessage: errorMessage ?? null,
      results: results.map((result) => ({ ...result })),
    },
  })
  await record(tx, {
    actor,
    environment,
    event: 'environment-rotated',
    did: failed ? 'Could not rotate all secrets of' : 'Rotated secrets of',
    data: {
      status,
      rotation: rotation.id,
      revision: postRevision ?? null,
      paths: results.map(({ path, status }) => `${path} ${status}`),
      orphans: [...orphans].map(([path, id]) => `${belowValues(path)} ${id}`),
      ...(rotation.scheduleId !== undefined && { schedule: rotation.scheduleId }),
    },
  })
  return summarizeRotation(row)
}

function belowValues(path: string): string {
  return path.replace(/^values\.?/, '')
}
