/** Retracting a bad revision: whoever asks for it gets its replacement. */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound, requireEnvironment } from '@/lib/access/require'
import { type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { authorOf } from './author'
import { lockEnvironment } from './lock'
import { record } from './record'
import type { EnvironmentReference } from './reference'
import { loadRevision, resolveVersion, revisionNotFound } from './revision'

export interface Retract extends EnvironmentReference {
  /** The revision to retract: a number as text, or a tag. */
  version: string
  /** What to use instead; absent = the nearest earlier revision that is not retracted. */
  replacement?: number | undefined
  reason?: string | undefined
}

/**
 * Tags that point at the revision move to the replacement. The newest revision cannot be retracted.
 *
 * @throws Failure `invalid`, `conflict`, `not_found`, `forbidden`
 */
export async function retractRevision(actor: Actor, retract: Retract): Promise<void> {
  await withTransaction(async (tx) => {
    const scope = 'environment_version:retract'
    const { environment } = await requireEnvironment(tx, actor, { ...retract, scope })
    const locked = await lockEnvironment(tx, environment)
    if (!locked) throw environmentNotFound()
    const current = { ...environment, ...locked }
    const number = await retractable(tx, current, retract.version)
    const replacement = await replacementFor(tx, current, number, retract.replacement)
    const where = { environmentId: environment.id, organizationId: environment.organizationId }
    await tx.revision.updateMany({
      where: { ...where, number },
      data: {
        retractedAt: new Date(),
        retractedById: authorOf(actor).id,
        retractReason: retract.reason?.trim() ?? '',
        replacement,
      },
    })
    await tx.revisionTag.updateMany({
      where: { ...where, revision: number },
      data: { revision: replacement, modifiedAt: new Date() },
    })
    await record(tx, {
      actor,
      environment,
      event: 'environment-revision-retracted',
      did: `Retracted revision ${number} of`,
      data: { revision: number, replacement },
    })
  })
}

async function retractable(tx: Transaction, environment: Environment, version: string): Promise<number> {
  const { number, insteadOf } = await resolveVersion(tx, environment, version)
  if (insteadOf !== undefined) {
    throw new Failure('conflict', `Conflict: revision ${insteadOf} is retracted already`)
  }
  if (number === environment.latestRevision) {
    throw new Failure(
      'invalid',
      'Bad Request: the newest revision cannot be retracted; save or roll back first',
    )
  }
  return number
}

async function replacementFor(
  tx: Transaction,
  environment: Environment,
  number: number,
  asked: number | undefined,
): Promise<number> {
  if (asked === undefined) return nearestEarlier(tx, environment, number)
  const { retractedAt } = await loadRevision(tx, environment, asked)
  if (asked !== number && retractedAt === null) return asked
  throw new Failure(
    'invalid',
    'Bad Request: the replacement must be another revision that is not retracted',
    {
      field: 'replacement',
    },
  )
}

async function nearestEarlier(tx: Transaction, environment: Environment, number: number): Promise<number> {
  const row = await tx.revision.findFirst({
    where: {
      environmentId: environment.id,
      organizationId: environment.organizationId,
      number: { lt: number },
      retractedAt: null,
    },
    orderBy: { number: 'desc' },
    select: { number: true },
  })
  if (!row) throw revisionNotFound()
  return row.number
}
