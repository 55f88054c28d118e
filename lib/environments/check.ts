/** Evaluating a definition without calling any provider, stored or not (design §4, "Preview"). */
import type { Actor } from '@/lib/access/actor'
import { organizationNotFound, permissionOn, requireEnvironment } from '@/lib/access/require'
import { loadStanding, loadStandingAt, type Standing } from '@/lib/access/standing'
import { database, withTransaction } from '@/lib/db'
import {
  checkDefinition as checkText,
  type Diagnostic,
  type EvaluatedEnvironment,
  type ParticipatingEnvironment,
} from '@/lib/language'
import { environmentCipher, organizationKeys } from '@/lib/secrets'
import { unusableCiphertexts } from './ciphertexts'
import { decryptersFor } from './decrypters'
import { surroundings } from './evaluation'
import { importLoader } from './loader'
import { recordReading } from './readings'
import { record } from './record'
import { qualifiedName, unsavedName, type VersionedReference } from './reference'
import { loadRevision, resolveVersion } from './revision'
import { refuseTooLarge } from './size'

export interface CheckRequest {
  organization: string
  definition: string
  /** The environment that is being edited; its own ciphertexts open and foreign ones are reported. */
  environment?: { project: string; name: string } | undefined
  /** Open secrets too, as far as the actor may. */
  showSecrets?: boolean | undefined
  signal?: AbortSignal | undefined
}

export interface CheckedDefinition {
  /** The text that was checked. */
  definition: string
  /** Absent when the text cannot be decoded, or has neither values nor imports. */
  environment: EvaluatedEnvironment | undefined
  diagnostics: readonly Diagnostic[]
  /** Every environment that took part, the root first. */
  participants: readonly ParticipatingEnvironment[]
}

/**
 * Errors in the definition are diagnostics, not failures. Values come only from imports that the actor may read;
 * secrets only from what the actor may open.
 *
 * @throws Failure `not_found`, `too_large`
 */
export async function checkDefinition(actor: Actor, request: CheckRequest): Promise<CheckedDefinition> {
  const { organization, definition, environment, showSecrets = false, signal } = request
  refuseTooLarge(definition)
  const { standing, edited } = await standingFor(actor, { organization, environment })
  const name = edited ? qualifiedName(edited) : unsavedName
  const checked = await evaluate(actor, standing, { name, definition, showSecrets, signal })
  const mayHoldSealed = definition.includes('ciphertext')
  const foreign = edited && mayHoldSealed ? await foreignCiphertexts(edited, definition, name) : []
  return { ...checked, diagnostics: [...checked.diagnostics, ...foreign] }
}

/** The stored definition, checked as {@link checkDefinition} does. @throws Failure `not_found`, `forbidden` */
export async function checkEnvironment(
  actor: Actor,
  {
    showSecrets = false,
    signal,
    ...reference
  }: VersionedReference & Pick<CheckRequest, 'showSecrets' | 'signal'>,
): Promise<CheckedDefinition> {
  const scope = showSecrets ? 'environment:open' : 'environment:read'
  const permission = await requireEnvironment(database(), actor, { ...reference, scope })
  const { environment } = permission
  const { number } = await resolveVersion(database(), environment, reference.version)
  const { definition } = await loadRevision(database(), environment, number)
  await recordReading(actor, { environment, version: reference.version, revision: number })
  const name = qualifiedName(environment)
  return evaluate(actor, permission, { name, definition, showSecrets, signal })
}

interface Evaluated {
  name: string
  definition: string
  showSecrets: boolean
  signal: AbortSignal | undefined
}

async function evaluate(
  actor: Actor,
  standing: Standing,
  { name, definition, showSecrets, signal }: Evaluated,
): Promise<CheckedDefinition> {
  const decrypters = showSecrets ? decryptersFor(standing) : undefined
  const checked = await checkText({
    ...surroundings(actor, standing),
    name,
    definition,
    showSecrets,
    loader: importLoader({ standing, scope: 'environment:read', decrypters }),
    ...(decrypters && { decrypter: decrypters.ofAny() }),
    ...(signal && { signal }),
  })
  if (decrypters) await recordDecryption(actor, standing, decrypters.opened)
  return {
    definition,
    environment: checked.environment,
    diagnostics: checked.diagnostics,
    participants: checked.environments,
  }
}

/** Before the secrets are given out. */
async function recordDecryption(
  actor: Actor,
  { organization }: Standing,
  opened: ReadonlySet<string>,
): Promise<void> {
  if (opened.size === 0) return
  await withTransaction(async (tx) => {
    const where = { id: { in: [...opened] }, organizationId: organization.id }
    const event = 'environment-decrypted'
    for (const environment of await tx.environment.findMany({ where, orderBy: { id: 'asc' } })) {
      await record(tx, { actor, environment, event, did: 'Read secrets of the environment' })
    }
  })
}

/** Where the actor stands, and the environment that they edit if there is one and they may read it. */
async function standingFor(
  actor: Actor,
  { organization, environment }: Pick<CheckRequest, 'organization' | 'environment'>,
) {
  if (!environment) {
    const standing = await loadStanding(database(), actor, { name: organization })
    if (!standing) throw organizationNotFound()
    return { standing, edited: undefined }
  }
  const at = await loadStandingAt(database(), actor, { organization, ...environment })
  if (!at) throw organizationNotFound()
  const { standing, found } = at
  return {
    standing,
    edited: found ? permissionOn(standing, found, 'environment:read').environment : undefined,
  }
}

async function foreignCiphertexts(
  { id, organizationId }: { id: string; organizationId: string },
  definition: string,
  name: string,
): Promise<Diagnostic[]> {
  const keys = await organizationKeys(database(), organizationId)
  return unusableCiphertexts(definition, environmentCipher(id, keys), name)
}
