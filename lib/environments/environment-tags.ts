/** Key and value pairs on an environment, for finding it and for rules about access. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment, requireOrganization } from '@/lib/access/require'
import { environmentsAllowing } from '@/lib/access/visible'
import { database, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment, EnvironmentTag } from '@/lib/generated/prisma/client'
import { type Edited, editedOf, editorOf } from './author'
import { record } from './record'
import type { EnvironmentReference } from './reference'
import { requireTaggable } from './tag-rules'

export interface EnvironmentTagSummary extends Edited {
  name: string
  value: string
}

const nameLength = 40
const valueLength = 256

export interface EnvironmentTagListing extends EnvironmentReference {
  /** How many to leave out: what `next` of the page before said. */
  after?: number | undefined
  count?: number | undefined
}

/** By name. @throws Failure `not_found`, `forbidden` */
export async function listEnvironmentTags(
  actor: Actor,
  { after = 0, count = 500, ...reference }: EnvironmentTagListing,
): Promise<{ tags: EnvironmentTagSummary[]; next?: number }> {
  const { environment } = await requireEnvironment(database(), actor, {
    ...reference,
    scope: 'environment_tag:read',
  })
  const rows = await database().environmentTag.findMany({
    where: { environmentId: environment.id, organizationId: environment.organizationId },
    orderBy: { name: 'asc' },
    skip: after,
    take: count + 1,
  })
  const tags = rows.slice(0, count).map(summarizeTag)
  return { tags, ...(rows.length > count && { next: after + count }) }
}

export interface TagReference extends EnvironmentReference {
  tag: string
}

/** @throws Failure `not_found`, `forbidden` */
export async function readEnvironmentTag(
  actor: Actor,
  { tag, ...reference }: TagReference,
): Promise<EnvironmentTagSummary> {
  const { environment } = await requireEnvironment(database(), actor, {
    ...reference,
    scope: 'environment_tag:read',
  })
  return summarizeTag(await findTag(database(), environment, tag))
}

export interface TagCreation extends TagReference {
  value: string
}

/** @throws Failure `invalid`, `conflict`, `not_found`, `forbidden` also when a role would give more by it than the actor has */
export async function createEnvironmentTag(
  actor: Actor,
  creation: TagCreation,
): Promise<EnvironmentTagSummary> {
  const { tag, value, ...reference } = creation
  refuseTag({ name: tag, value })
  return refusingDuplicates(() =>
    withTransaction(async (tx) => {
      const scope = 'environment_tag:create'
      const permission = await requireEnvironment(tx, actor, { ...reference, scope })
      await requireTaggable(tx, permission, { tag: { name: tag, value } })
      const { environment } = permission
      const row = await tx.environmentTag.create({
        data: {
          organizationId: environment.organizationId,
          environmentId: environment.id,
          name: tag,
          value,
          ...editorOf(actor),
        },
      })
      const data = { tag, value }
      await record(tx, { actor, environment, event: 'environment-tag-created', did: 'Added a tag to', data })
      return summarizeTag(row)
    }),
  )
}

export interface TagUpdate extends TagReference {
  /** The value that the change is based on; absent = whatever it is. */
  currentValue?: string | undefined
  /** Absent or empty = kept. */
  newName?: string | undefined
  newValue?: string | undefined
}

/** @throws Failure `invalid`, `conflict` when the value has changed or the name is taken, `not_found`, `forbidden` */
export async function updateEnvironmentTag(actor: Actor, update: TagUpdate): Promise<EnvironmentTagSummary> {
  return refusingDuplicates(() => withTransaction((tx) => changeTag(tx, actor, update)))
}

async function changeTag(
  tx: Transaction,
  actor: Actor,
  { tag, currentValue, newName, newValue, ...reference }: TagUpdate,
): Promise<EnvironmentTagSummary> {
  const scope = 'environment_tag:update'
  const permission = await requireEnvironment(tx, actor, { ...reference, scope })
  const { environment } = permission
  const before = await findTag(tx, environment, tag)
  const after = { name: newName || before.name, value: newValue || before.value }
  refuseTag(after)
  await requireTaggable(tx, permission, { tag: after, instead: before.name })
  const changed = await tx.environmentTag.updateManyAndReturn({
    where: {
      environmentId: environment.id,
      organizationId: environment.organizationId,
      name: tag,
      value: currentValue ?? before.value,
    },
    data: { ...after, modifiedAt: new Date(), ...editorOf(actor) },
  })
  const [row] = changed
  if (!row) throw new Failure('conflict', 'Conflict: the tag has changed since it was read')
  await record(tx, {
    actor,
    environment,
    event: 'environment-tag-updated',
    did: 'Changed a tag of',
    data: { tag, previous: before.value, ...after },
  })
  return summarizeTag(row)
}

/** @throws Failure `not_found`, `forbidden` */
export async function deleteEnvironmentTag(actor: Actor, { tag, ...reference }: TagReference): Promise<void> {
  await withTransaction(async (tx) => {
    const scope = 'environment_tag:delete'
    const { environment } = await requireEnvironment(tx, actor, { ...reference, scope })
    const { value } = await findTag(tx, environment, tag)
    await tx.environmentTag.delete({
      where: { environmentId_name: { environmentId: environment.id, name: tag } },
    })
    const data = { tag, value }
    await record(tx, {
      actor,
      environment,
      event: 'environment-tag-deleted',
      did: 'Removed a tag from',
      data,
    })
  })
}

/** Tag names with their distinct values, over the environments that the caller may see. */
export async function listOrganizationTags(
  actor: Actor,
  { organization }: { organization: string },
): Promise<Record<string, string[]>> {
  const scope = 'environment_tags:list'
  const permission = await requireOrganization(database(), actor, { organization, scope })
  const rows = await database().environmentTag.findMany({
    where: {
      organizationId: permission.organization.id,
      environment: {
        deletedAt: null,
        AND: [environmentsAllowing(permission.grants, 'environment_tag:read')],
      },
    },
    distinct: ['name', 'value'],
    orderBy: [{ name: 'asc' }, { value: 'asc' }],
    select: { name: true, value: true },
  })
  const values = new Map<string, string[]>()
  for (const { name, value } of rows) values.set(name, [...(values.get(name) ?? []), value])
  return Object.fromEntries(values)
}

async function findTag(tx: Transaction, environment: Environment, name: string): Promise<EnvironmentTag> {
  const row = await tx.environmentTag.findFirst({
    where: { environmentId: environment.id, organizationId: environment.organizationId, name },
  })
  if (!row) throw new Failure('not_found', 'Not Found: tag')
  return row
}

function summarizeTag(row: EnvironmentTag): EnvironmentTagSummary {
  return { name: row.name, value: row.value, ...editedOf(row) }
}

function refuseTag({ name, value }: { name: string; value: string }): void {
  const problem = (text: string, length: number) => text.trim() === '' || text.length > length
  const field = problem(name, nameLength) ? 'name' : problem(value, valueLength) ? 'value' : undefined
  if (field === undefined) return
  throw new Failure(
    'invalid',
    `Bad Request: Invalid tag name or value: a name has 1 to ${nameLength} characters, a value 1 to ${valueLength}`,
    { field },
  )
}

async function refusingDuplicates<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'Conflict: Tag already exists', { field: 'name' })
  }
}
