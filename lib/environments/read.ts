/** Reading a definition: as it is stored, with ciphertexts, or with its secrets opened. */
import type { Actor } from '@/lib/access/actor'
import type { Level } from '@/lib/access/levels'
import { startAccess } from '@/lib/access/open-access'
import { type EnvironmentPermission, requireEnvironment } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Revision } from '@/lib/generated/prisma/client'
import { decryptSecrets } from '@/lib/language/edit/secrets'
import { CiphertextError, environmentCipher, organizationKeys } from '@/lib/secrets'
import { type CloudIdentity, cloudIdentity } from './identity'
import { recordReading } from './readings'
import { record } from './record'
import { latestTag, type VersionedReference } from './reference'
import { loadRevision, resolveVersion } from './revision'
import { revisionText } from './revision-texts'
import { type EnvironmentSummary, summarizeOne } from './summary'

/** One revision's text and what a client needs to send it back. */
export interface DefinitionAtRevision {
  revision: number
  definition: string
  etag: string
}

export interface EnvironmentContent extends DefinitionAtRevision {
  environment: EnvironmentSummary
  /** Names of the revision tags that point here, `latest` included. */
  revisionTags: string[]
  level: Level
  /** What clouds will be told about this environment when it is opened. */
  identity: CloudIdentity
  /** The retracted revision that was asked for; this one replaces it. */
  insteadOf?: number
}

/** The definition alone: the fast path of the HTTP API. Recorded. @throws Failure `not_found`, `forbidden` */
export async function readDefinition(
  actor: Actor,
  reference: VersionedReference,
): Promise<DefinitionAtRevision> {
  const scope = readScope(reference)
  const { environment } = await requireEnvironment(database(), actor, { ...reference, scope })
  const { version } = reference
  const { number: revision } = await resolveVersion(database(), environment, version)
  const text = await revisionText(environment, revision)
  await recordReading(actor, { environment, version, revision })
  return { revision, ...text }
}

/** Recorded. @throws Failure `not_found`, `forbidden` */
export async function readEnvironment(
  actor: Actor,
  reference: VersionedReference,
): Promise<EnvironmentContent> {
  const permission = await requireEnvironment(database(), actor, {
    ...reference,
    scope: readScope(reference),
  })
  const { version } = reference
  const content = await contentWithSummary(database(), permission, version)
  const { environment } = permission
  await recordReading(actor, { environment, version, revision: content.revision })
  return content
}

/** {@link readDefinition} with every secret in plaintext. @throws Failure `not_found`, `forbidden` */
export async function decryptDefinition(
  actor: Actor,
  reference: VersionedReference,
): Promise<DefinitionAtRevision> {
  return withTransaction(async (tx) => {
    const scope = openScope(reference)
    const { environment, grants } = await requireEnvironment(tx, actor, { ...reference, scope })
    const { number } = await resolveVersion(tx, environment, reference.version)
    const content = contentOf(await loadRevision(tx, environment, number))
    await startAccess(tx, grants, [environment.id])
    await recordDecryption(tx, actor, { environment, revision: number })
    return { ...content, definition: await plaintextOf(tx, environment, content.definition) }
  })
}

function readScope({ version }: VersionedReference): EnvironmentScope {
  return isLatest(version) ? 'environment:read' : 'environment_version:read'
}

function openScope({ version }: VersionedReference): EnvironmentScope {
  return isLatest(version) ? 'environment:open' : 'environment_version:open'
}

export function isLatest(version: string | undefined): boolean {
  return version === undefined || version === '' || version === latestTag
}

function contentOf({ number, definition, etag }: Revision): DefinitionAtRevision {
  return { revision: number, definition, etag }
}

async function contentWithSummary(
  tx: Transaction,
  permission: EnvironmentPermission,
  version: string | undefined,
): Promise<EnvironmentContent> {
  const { environment, organization, level } = permission
  const { number, insteadOf } = await resolveVersion(tx, environment, version)
  const content = contentOf(await loadRevision(tx, environment, number))
  const summary = await summarizeOne(tx, permission)
  const tags = await tx.revisionTag.findMany({
    where: { environmentId: environment.id, organizationId: environment.organizationId, revision: number },
    orderBy: { name: 'asc' },
    select: { name: true },
  })
  const names = tags.map(({ name }) => name)
  return {
    ...content,
    environment: summary,
    revisionTags: number === environment.latestRevision ? [latestTag, ...names] : names,
    level,
    identity: cloudIdentity(organization.name, environment),
    ...(insteadOf !== undefined && { insteadOf }),
  }
}

async function recordDecryption(
  tx: Transaction,
  actor: Actor,
  { environment, revision }: { environment: EnvironmentPermission['environment']; revision: number },
): Promise<void> {
  await record(tx, {
    actor,
    environment,
    event: 'environment-decrypted',
    did: 'Read the secrets of the environment',
    data: { revision },
  })
}

/** Opens the secrets of a definition that this environment holds. */
export async function plaintextOf(
  tx: Transaction,
  environment: { id: string; organizationId: string },
  definition: string,
): Promise<string> {
  const cipher = environmentCipher(environment.id, await organizationKeys(tx, environment.organizationId))
  try {
    const { text } = await decryptSecrets(definition, async (ciphertext) => cipher.decrypt(ciphertext))
    return text
  } catch (error) {
    if (error instanceof CiphertextError) throw new Failure('conflict', `Conflict: ${error.message}`)
    throw error
  }
}
