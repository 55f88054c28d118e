/** Finding the revision that a version means. */
import type { Transaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment, Revision } from '@/lib/generated/prisma/client'
import { latestTag } from './reference'

/** A revision without its text. */
export type RevisionFacts = Omit<Revision, 'definition'>

export interface ResolvedRevision {
  number: number
  /** The retracted revision that was asked for and that this one replaces. */
  insteadOf?: number
}

type Home = Pick<Environment, 'id' | 'organizationId' | 'latestRevision'>

/**
 * A retracted revision resolves to its replacement, through any number of retractions.
 *
 * @param version a revision number as text or a revision tag; absent, empty or `latest` = the newest
 * @throws Failure `not_found`
 */
export async function resolveVersion(
  tx: Transaction,
  environment: Home,
  version: string | undefined,
): Promise<ResolvedRevision> {
  if (version === undefined || version === '' || version === latestTag) {
    return { number: environment.latestRevision }
  }
  const asked = /^\d/.test(version) ? revisionNumber(version) : await taggedRevision(tx, environment, version)
  const number = await replacementOf(tx, environment, asked)
  return number === asked ? { number } : { number, insteadOf: asked }
}

function revisionNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw revisionNotFound()
  return Number(text)
}

async function taggedRevision(tx: Transaction, environment: Home, name: string): Promise<number> {
  const tag = await tx.revisionTag.findUnique({
    where: { environmentId_name: { environmentId: environment.id, name } },
  })
  if (!tag || tag.organizationId !== environment.organizationId) throw revisionTagNotFound()
  return tag.revision
}

async function replacementOf(tx: Transaction, environment: Home, asked: number): Promise<number> {
  const where = { environmentId: environment.id, organizationId: environment.organizationId }
  const seen = new Set<number>()
  for (let number = asked; ; ) {
    const row = await tx.revision.findFirst({
      where: { ...where, number },
      select: { retractedAt: true, replacement: true },
    })
    if (!row || seen.has(number)) throw revisionNotFound()
    if (row.retractedAt === null) return number
    if (row.replacement === null) throw revisionNotFound()
    seen.add(number)
    number = row.replacement
  }
}

/** @throws Failure `not_found` */
export async function loadRevision(tx: Transaction, environment: Home, number: number): Promise<Revision> {
  const row = await tx.revision.findFirst({
    where: { environmentId: environment.id, organizationId: environment.organizationId, number },
  })
  if (!row) throw revisionNotFound()
  return row
}

export function revisionNotFound(): Failure {
  return new Failure('not_found', 'Not Found: revision')
}

export function revisionTagNotFound(): Failure {
  return new Failure('not_found', 'Not Found: revision tag')
}
