/** Names for revisions, which importers and clients can pin. `latest` is built in. */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound, requireEnvironment } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { database, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment, RevisionTag } from '@/lib/generated/prisma/client'
import { type Edited, editedOf, editorOf } from './author'
import { lockEnvironment } from './lock'
import { record } from './record'
import { type EnvironmentReference, latestTag } from './reference'
import { loadRevision, resolveVersion, revisionNotFound, revisionTagNotFound } from './revision'

export interface RevisionTagSummary extends Edited {
  name: string
  revision: number
}

export interface RevisionTagListing extends EnvironmentReference {
  /** Only tags that point at this revision: a number as text, or a tag. */
  version?: string | undefined
  /** Only tags after this name. */
  after?: string | undefined
  count?: number | undefined
}

/** By name in the order of bytes. @throws Failure `not_found`, `forbidden` */
export async function listRevisionTags(
  actor: Actor,
  { version, after = '', count = 500, ...reference }: RevisionTagListing,
): Promise<RevisionTagSummary[]> {
  const environment = await readable(actor, reference)
  const revision = version === undefined ? undefined : await resolveVersion(database(), environment, version)
  const rows = await database().revisionTag.findMany({
    where: {
      environmentId: environment.id,
      organizationId: environment.organizationId,
      ...(revision && { revision: revision.number }),
    },
  })
  const all = [await latestOf(environment), ...rows.map(summarizeTag)]
  return all
    .filter((tag) => tag.name > after && (revision === undefined || tag.revision === revision.number))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .slice(0, count)
}

/** @throws Failure `not_found`, `forbidden` */
export async function readRevisionTag(
  actor: Actor,
  { tag, ...reference }: EnvironmentReference & { tag: string },
): Promise<RevisionTagSummary> {
  const environment = await readable(actor, reference)
  if (tag === latestTag) return latestOf(environment)
  return summarizeTag(await findTag(database(), environment, tag))
}

export interface RevisionTagChange extends EnvironmentReference {
  tag: string
  /** Absent = the newest. */
  revision?: number | undefined
}

/** @throws Failure `invalid` for a name that cannot be a tag, `conflict`, `not_found`, `forbidden` */
export async function createRevisionTag(actor: Actor, change: RevisionTagChange): Promise<void> {
  refuseTagName(change.tag)
  try {
    await withTransaction((tx) => insertTag(tx, actor, change))
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'Conflict: revision tag already exists', { field: 'name' })
  }
}

async function insertTag(tx: Transaction, actor: Actor, { tag, revision, ...reference }: RevisionTagChange) {
  const environment = await writable(tx, actor, reference, 'environment_version:create')
  const number = await target(tx, environment, revision)
  await tx.revisionTag.create({
    data: {
      organizationId: environment.organizationId,
      environmentId: environment.id,
      name: tag,
      revision: number,
      ...editorOf(actor),
    },
  })
  await record(tx, {
    actor,
    environment,
    event: 'environment-revision-tag-created',
    did: `Tagged revision ${number} of`,
    data: { tag, revision: number },
  })
}

/** @throws Failure `invalid` for `latest`, `not_found`, `forbidden` */
export async function moveRevisionTag(actor: Actor, change: RevisionTagChange): Promise<void> {
  const { tag, revision, ...reference } = change
  await withTransaction(async (tx) => {
    const environment = await writable(tx, actor, reference, 'environment_version:update')
    refuseBuiltIn(tag)
    const before = await findTag(tx, environment, tag)
    const number = await target(tx, environment, revision)
    await tx.revisionTag.update({
      where: { environmentId_name: { environmentId: environment.id, name: tag } },
      data: { revision: number, modifiedAt: new Date(), ...editorOf(actor) },
    })
    await record(tx, {
      actor,
      environment,
      event: 'environment-revision-tag-update',
      did: `Moved a revision tag to revision ${number} of`,
      data: { tag, revision: number, previous: before.revision },
    })
  })
}

/** @throws Failure `invalid` for `latest`, `not_found`, `forbidden` */
export async function deleteRevisionTag(
  actor: Actor,
  { tag, ...reference }: EnvironmentReference & { tag: string },
): Promise<void> {
  await withTransaction(async (tx) => {
    const environment = await writable(tx, actor, reference, 'environment_version:delete')
    refuseBuiltIn(tag)
    const { revision } = await findTag(tx, environment, tag)
    await tx.revisionTag.delete({
      where: { environmentId_name: { environmentId: environment.id, name: tag } },
    })
    await record(tx, {
      actor,
      environment,
      event: 'environment-revision-tag-delete',
      did: 'Removed a revision tag of',
      data: { tag, revision },
    })
  })
}

async function readable(actor: Actor, reference: EnvironmentReference): Promise<Environment> {
  const question = { ...reference, scope: 'environment_version:read' } as const
  return (await requireEnvironment(database(), actor, question)).environment
}

/** Locked, so that a tag cannot be put on a revision while that is being retracted. */
async function writable(
  tx: Transaction,
  actor: Actor,
  reference: EnvironmentReference,
  scope: EnvironmentScope,
): Promise<Environment> {
  const { environment } = await requireEnvironment(tx, actor, { ...reference, scope })
  const locked = await lockEnvironment(tx, environment)
  if (!locked) throw environmentNotFound()
  return { ...environment, ...locked }
}

async function target(tx: Transaction, environment: Environment, asked: number | undefined): Promise<number> {
  const number = asked ?? environment.latestRevision
  const { retractedAt } = await loadRevision(tx, environment, number)
  if (retractedAt !== null) throw revisionNotFound()
  return number
}

async function findTag(tx: Transaction, environment: Environment, name: string): Promise<RevisionTag> {
  const row = await tx.revisionTag.findFirst({
    where: { environmentId: environment.id, organizationId: environment.organizationId, name },
  })
  if (!row) throw revisionTagNotFound()
  return row
}

/** `latest` is as old as the environment and as young as its newest revision. */
async function latestOf(environment: Environment): Promise<RevisionTagSummary> {
  const newest = await loadRevision(database(), environment, environment.latestRevision)
  return {
    name: latestTag,
    revision: newest.number,
    createdAt: environment.createdAt.toISOString(),
    modifiedAt: newest.createdAt.toISOString(),
    editorLogin: newest.createdByLogin,
    editorName: newest.createdByName,
  }
}

function summarizeTag(row: RevisionTag): RevisionTagSummary {
  return { name: row.name, revision: row.revision, ...editedOf(row) }
}

/** A tag must not read as a number, or `@2` would be ambiguous. */
function refuseTagName(name: string): void {
  refuseBuiltIn(name)
  if (/^[a-zA-Z_.-][a-zA-Z0-9_.-]{0,99}$/.test(name)) return
  throw new Failure(
    'invalid',
    'Bad Request: Invalid revision tag: use up to 100 letters, digits, hyphens, underscores and dots; do not begin with a digit',
    { field: 'name' },
  )
}

function refuseBuiltIn(name: string): void {
  if (name !== latestTag) return
  throw new Failure('invalid', 'Bad Request: Invalid revision tag: latest is built in', { field: 'name' })
}
