/** Saving a definition: checked, its secrets sealed, a new revision in one transaction (http-api.md §4.3). */
import type { Actor } from '@/lib/access/actor'
import {
  approvalNeeded,
  type EnvironmentPermission,
  environmentNotFound,
  requireEnvironment,
} from '@/lib/access/require'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment, Revision } from '@/lib/generated/prisma/client'
import { checkDefinition, type Diagnostic, hasErrors, parseDefinition } from '@/lib/language'
import { environmentCipher, sealingKeys } from '@/lib/secrets'
import { authorOf } from './author'
import { sealSecrets, unusableCiphertexts } from './ciphertexts'
import { newEtag, requireEtag } from './etag'
import { surroundings } from './evaluation'
import { importLoader } from './loader'
import { lockEnvironment } from './lock'
import { record } from './record'
import { type EnvironmentReference, qualifiedName } from './reference'
import { referencesOf } from './references'
import { loadRevision } from './revision'
import { refuseTooLarge } from './size'

export interface Save extends EnvironmentReference {
  definition: string
  /** Of the revision that was edited; absent = overwrite whatever is there. */
  etag?: string | undefined
  /** Why, for the history; at most 1,000 characters. */
  message?: string | undefined
}

export interface Saved {
  revision: number
  etag: string
  /** The text as it is stored, secrets sealed. */
  definition: string
  /** False when the text is the one that was there: then there is no new revision. */
  changed: boolean
  /** Warnings. */
  diagnostics: readonly Diagnostic[]
}

const messageLength = 1000

/** @throws Failure `too_large`, `etag_mismatch`, `diagnostics` (with all of them), `not_found`, `forbidden` */
export async function saveEnvironment(actor: Actor, save: Save): Promise<Saved> {
  refuseTooLarge(save.definition)
  if ((save.message ?? '').length > messageLength) {
    throw new Failure('invalid', `Bad Request: a message may have at most ${messageLength} characters`, {
      field: 'message',
    })
  }
  const warnings = await checkBeforehand(actor, save)
  const saved = await withTransaction((tx) => write(tx, actor, save))
  return { ...saved, diagnostics: warnings }
}

/** Outside the transaction, because imports are loaded; the transaction decides about permission and etag again. */
async function checkBeforehand(actor: Actor, save: Save): Promise<readonly Diagnostic[]> {
  const permission = await requireEnvironment(database(), actor, { ...save, scope: 'environment:write' })
  const { environment } = permission
  if (environment.updateGated) throw approvalNeeded(environment, 'update')
  const latest = await loadRevision(database(), environment, environment.latestRevision)
  requireEtag(save.etag, latest.etag)
  return requireValid(actor, permission, save.definition)
}

/**
 * Checks a text that is to become the environment's definition.
 *
 * @returns warnings
 * @throws Failure `diagnostics`
 */
export async function requireValid(
  actor: Actor,
  permission: EnvironmentPermission,
  definition: string,
): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await checkDefinition({
    ...surroundings(actor, permission),
    name: qualifiedName(permission.environment),
    definition,
    loader: importLoader({ standing: permission, scope: 'environment:read' }),
  })
  refuseErrors(diagnostics)
  return diagnostics
}

async function write(tx: Transaction, actor: Actor, save: Save): Promise<Omit<Saved, 'diagnostics'>> {
  const { environment } = await requireEnvironment(tx, actor, { ...save, scope: 'environment:write' })
  const locked = await lockEnvironment(tx, environment)
  if (!locked) throw environmentNotFound()
  if (locked.updateGated) throw approvalNeeded(environment, 'update')
  const latest = await loadRevision(tx, environment, locked.latestRevision)
  requireEtag(save.etag, latest.etag)
  const definition = await sealDefinition(tx, environment, save.definition)
  if (definition === latest.definition) {
    return { revision: latest.number, etag: latest.etag, definition, changed: false }
  }
  const message = save.message?.trim() ?? ''
  const { number, etag } = await addRevision(tx, actor, {
    environment,
    after: latest.number,
    definition,
    message,
  })
  await record(tx, {
    actor,
    environment,
    event: 'environment-updated',
    did: 'Updated the environment',
    data: { revision: number },
  })
  return { revision: number, etag, definition, changed: true }
}

/**
 * The text as it is stored: its plaintext secrets sealed for this environment.
 *
 * @param tx the transaction that stores it
 * @throws Failure `diagnostics` for ciphertexts that would not open here, `too_large`
 */
export async function sealDefinition(
  tx: Transaction,
  environment: Environment,
  definition: string,
): Promise<string> {
  const name = qualifiedName(environment)
  const cipher = environmentCipher(environment.id, await sealingKeys(tx, environment.organizationId))
  refuseErrors(await unusableCiphertexts(definition, cipher, name))
  const { text, diagnostics } = await sealSecrets(definition, cipher, name)
  refuseErrors(diagnostics)
  refuseTooLarge(text)
  return text
}

function refuseErrors(diagnostics: readonly Diagnostic[]): void {
  if (!hasErrors(diagnostics)) return
  throw new Failure('diagnostics', 'Bad Request: the definition has errors', {
    diagnostics: [...diagnostics],
  })
}

export interface NewRevision {
  environment: Environment
  /** The number of the newest revision, whose row the caller has locked. */
  after: number
  /** With its secrets sealed for this environment. */
  definition: string
  message: string
  /** The approved change request that it comes from. */
  changeRequestId?: string
}

/**
 * Adds the next revision and makes it the latest. Says nothing about gates: {@link saveEnvironment} asks them, a change
 * request has been asked, and what rotation writes back passes, or schedules would stall behind an approval.
 */
export async function addRevision(
  tx: Transaction,
  actor: Actor,
  { environment, after, definition, message, changeRequestId }: NewRevision,
): Promise<Revision> {
  const { id: environmentId, organizationId } = environment
  const author = authorOf(actor)
  const revision = await tx.revision.create({
    data: {
      organizationId,
      environmentId,
      number: after + 1,
      definition,
      etag: newEtag(),
      message,
      changeRequestId: changeRequestId ?? null,
      createdById: author.id,
      createdByLogin: author.login,
      createdByName: author.name,
    },
  })
  await tx.environment.update({
    where: { id: environmentId, organizationId },
    data: { latestRevision: revision.number, modifiedAt: revision.createdAt },
  })
  await recordReferences(tx, environment, revision)
  return revision
}

/** Remembers what a revision refers to, so that the other end can say who uses it. */
export async function recordReferences(
  tx: Transaction,
  environment: Environment,
  { number, definition }: Pick<Revision, 'number' | 'definition'>,
): Promise<void> {
  const parsed = parseDefinition(definition, { environment: qualifiedName(environment) })
  const { id: environmentId, organizationId } = environment
  const rows = referencesOf(parsed.definition).map(({ project, name, version = '' }) => ({
    organizationId,
    environmentId,
    revision: number,
    targetProject: project,
    targetName: name,
    targetVersion: version,
  }))
  if (rows.length > 0) await tx.revisionReference.createMany({ data: rows })
}
