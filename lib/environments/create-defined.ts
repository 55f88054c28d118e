/** Creating environments together with their definitions: all of them, or none. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment, requireOrganization } from '@/lib/access/require'
import type { Standing } from '@/lib/access/standing'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { checkDefinition, type Diagnostic, hasErrors, type Loader } from '@/lib/language'
import { key } from '@/lib/organizations/names'
import { authorOf } from './author'
import { insertEnvironment, insertFirstRevision, refuseNames, refusingDuplicates } from './create'
import { surroundings } from './evaluation'
import { importLoader } from './loader'
import { record } from './record'
import { parseImportName, qualifiedName } from './reference'
import { addRevision, sealDefinition } from './save'
import { refuseTooLarge } from './size'

export interface DefinedEnvironment {
  project: string
  name: string
  definition: string
}

export interface DefinedCreation {
  organization: string
  /** 1 to 20. They may import one another. */
  environments: readonly DefinedEnvironment[]
}

const mostEnvironments = 20

/**
 * Revision 1 is empty as everywhere, revision 2 is the definition with its secrets sealed.
 *
 * @returns `project/name` of each
 * @throws Failure `invalid` (with `details.field`), `conflict`, `too_large`, `diagnostics`, `not_found`, `forbidden`
 */
export async function createDefinedEnvironments(actor: Actor, creation: DefinedCreation): Promise<string[]> {
  const { organization, environments } = creation
  if (environments.length === 0 || environments.length > mostEnvironments) {
    throw new Failure('invalid', `Bad Request: create 1 to ${mostEnvironments} environments at a time`)
  }
  for (const environment of environments) {
    refuseNames(environment)
    refuseTooLarge(environment.definition)
  }
  const standing = await requireOrganization(database(), actor, { organization, scope: 'environment:create' })
  for (const environment of environments) await requireSound(actor, standing, { environment, environments })
  await refusingDuplicates(() => withTransaction((tx) => createAll(tx, actor, creation)))
  return environments.map(qualifiedName)
}

interface Newcomers {
  environment: DefinedEnvironment
  environments: readonly DefinedEnvironment[]
}

async function requireSound(actor: Actor, standing: Standing, { environment, environments }: Newcomers) {
  const { diagnostics } = await checkDefinition({
    ...surroundings(actor, standing),
    name: qualifiedName(environment),
    definition: environment.definition,
    loader: withNewcomers(importLoader({ standing, scope: 'environment:read' }), environments),
  })
  if (hasErrors(diagnostics)) throw unsound(environment, diagnostics)
}

function unsound(environment: DefinedEnvironment, diagnostics: readonly Diagnostic[]): Failure {
  const [first] = diagnostics.filter(({ severity }) => severity === 'error')
  const message = `Bad Request: the definition of ${qualifiedName(environment)} has errors: ${first?.summary ?? ''}`
  return new Failure('diagnostics', message, { diagnostics: [...diagnostics] })
}

/** Answers imports of what is about to be created, and asks for everything else. */
function withNewcomers(loader: Loader, environments: readonly DefinedEnvironment[]): Loader {
  const newcomers = new Map(
    environments.map((newcomer) => [key(qualifiedName(newcomer)), newcomer.definition]),
  )
  return {
    load(name, request) {
      const imported = parseImportName(name)
      const definition = imported && newcomers.get(key(qualifiedName(imported)))
      return definition === undefined ? loader.load(name, request) : { name, definition }
    },
  }
}

async function createAll(tx: Transaction, actor: Actor, { organization, environments }: DefinedCreation) {
  const permission = await requireOrganization(tx, actor, { organization, scope: 'environment:create' })
  const home = { organizationId: permission.organization.id, author: authorOf(actor) }
  for (const { project, name, definition: text } of environments) {
    const environment = await insertEnvironment(tx, { project, name, ...home })
    await insertFirstRevision(tx, { environment, author: home.author, definition: '' })
    await record(tx, { actor, environment, event: 'environment-created', did: 'Created the environment' })
    await requireEnvironment(tx, actor, { organization, project, name, scope: 'environment:write' })
    const definition = await sealDefinition(tx, environment, text)
    await addRevision(tx, actor, { environment, after: 1, definition, message: '' })
    const data = { revision: 2 }
    await record(tx, {
      actor,
      environment,
      event: 'environment-updated',
      did: 'Updated the environment',
      data,
    })
  }
}
