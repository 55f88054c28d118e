/** Creating an environment: empty, owned by who made it. */
import type { Actor } from '@/lib/access/actor'
import { requireOrganization } from '@/lib/access/require'
import { type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { environmentNameProblem, key, type NameProblem, projectNameProblem } from '@/lib/organizations/names'
import { type Author, authorOf } from './author'
import { newEtag } from './etag'
import { record } from './record'
import type { EnvironmentReference } from './reference'
import { type EnvironmentSummary, summarizeOne } from './summary'

/**
 * Revision 1 is an empty text.
 *
 * @throws Failure `invalid` (with `details.field`), `conflict`, `not_found`, `forbidden`
 */
export async function createEnvironment(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<EnvironmentSummary> {
  refuseNames(reference)
  return refusingDuplicates(() =>
    withTransaction(async (tx) => {
      const { organization } = reference
      const permission = await requireOrganization(tx, actor, { organization, scope: 'environment:create' })
      const home = { organizationId: permission.organization.id, author: authorOf(actor) }
      const environment = await insertEnvironment(tx, { ...reference, ...home })
      await insertFirstRevision(tx, { environment, author: home.author, definition: '' })
      await record(tx, { actor, environment, event: 'environment-created', did: 'Created the environment' })
      return summarizeOne(tx, { ...permission, environment })
    }),
  )
}

/** @throws Failure `invalid` */
export function refuseNames({ project, name }: { project: string; name: string }): void {
  refuse('project', projectNameProblem(project))
  refuse('name', environmentNameProblem(name))
}

function refuse(field: string, problem: NameProblem | undefined): void {
  if (problem) throw new Failure('invalid', `Bad Request: invalid ${field}: ${problem.message}`, { field })
}

/** The unique index decides, so two who create the same name at once cannot both succeed. */
export async function refusingDuplicates<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'Conflict: an environment of this name already exists', { field: 'name' })
  }
}

export interface NewEnvironment {
  organizationId: string
  project: string
  name: string
  author: Author
  latestRevision?: number
}

export function insertEnvironment(
  tx: Transaction,
  { organizationId, project, name, author, latestRevision = 1 }: NewEnvironment,
): Promise<Environment> {
  return tx.environment.create({
    data: {
      organizationId,
      project,
      projectKey: key(project),
      name,
      nameKey: key(name),
      ownerId: author.id,
      latestRevision,
    },
  })
}

export interface FirstRevision {
  environment: Environment
  author: Author
  definition: string
}

export async function insertFirstRevision(
  tx: Transaction,
  { environment, author, definition }: FirstRevision,
): Promise<void> {
  await tx.revision.create({
    data: {
      organizationId: environment.organizationId,
      environmentId: environment.id,
      number: 1,
      definition,
      etag: newEtag(),
      createdById: author.id,
      createdByLogin: author.login,
      createdByName: author.name,
    },
  })
}
