/** Copying an environment, its secrets sealed anew for the copy (http-api.md §4.4). */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment, requireOrganization } from '@/lib/access/require'
import type { EnvironmentScope } from '@/lib/access/scopes'
import { type Transaction, withTransaction } from '@/lib/db'
import type { Environment, Revision } from '@/lib/generated/prisma/client'
import { type EnvironmentCipher, environmentCipher, sealingKeys } from '@/lib/secrets'
import { type Author, authorOf } from './author'
import { insertEnvironment, refuseNames, refusingDuplicates } from './create'
import { newEtag } from './etag'
import { record } from './record'
import { type EnvironmentReference, qualifiedName } from './reference'
import { loadRevision, resolveVersion } from './revision'
import { recordReferences } from './save'

export interface Clone extends EnvironmentReference {
  to: { project?: string | undefined; name: string }
  /** The revision to copy; with `preserveHistory` the last one to copy. Absent = the newest. */
  version?: number | undefined
  preserveHistory?: boolean | undefined
  preserveAccess?: boolean | undefined
  preserveEnvironmentTags?: boolean | undefined
  preserveRevisionTags?: boolean | undefined
}

/**
 * A copy would be a way round the source's protection, so it takes the right to open the source (A08).
 *
 * @throws Failure `invalid`, `conflict`, `not_found`, `forbidden`
 */
export async function cloneEnvironment(actor: Actor, clone: Clone): Promise<void> {
  const to = { project: clone.to.project || clone.project, name: clone.to.name }
  refuseNames(to)
  await refusingDuplicates(() => withTransaction((tx) => copy(tx, actor, { ...clone, to })))
}

async function copy(
  tx: Transaction,
  actor: Actor,
  clone: Clone & { to: { project: string } },
): Promise<void> {
  const { organization } = clone
  const { environment: source } = await requireEnvironment(tx, actor, {
    ...clone,
    scope: 'environment:clone',
  })
  for (const scope of scopesFor(clone)) await requireEnvironment(tx, actor, { ...clone, scope })
  await requireOrganization(tx, actor, { organization, scope: 'environment:create' })
  const { number: last } = await resolveVersion(tx, source, clone.version?.toString())
  const latestRevision = clone.preserveHistory ? last : 1
  const author = authorOf(actor)
  const { organizationId } = source
  const target = await insertEnvironment(tx, { organizationId, ...clone.to, author, latestRevision })
  await copyRevisions(tx, { source, target, last, author, history: clone.preserveHistory === true })
  if (clone.preserveRevisionTags) await copyRevisionTags(tx, { source, target, last, clone })
  if (clone.preserveEnvironmentTags) await copyTags(tx, source, target)
  if (clone.preserveAccess) await copyAccess(tx, source, target)
  await record(tx, {
    actor,
    environment: target,
    event: 'environment-cloned',
    did: `Copied ${qualifiedName(source)} to`,
    data: { source: qualifiedName(source), sourceId: source.id, revision: last },
  })
}

/** What else the copy shows its owner, who may do everything with it. */
function scopesFor({ version, preserveHistory, preserveAccess }: Clone): EnvironmentScope[] {
  const older = preserveHistory === true || version !== undefined
  return [
    'environment:open',
    ...(older ? (['environment_version:open'] as const) : []),
    ...(preserveAccess ? (['environment_access:read'] as const) : []),
  ]
}

interface RevisionCopy {
  source: Environment
  target: Environment
  last: number
  author: Author
  history: boolean
}

async function copyRevisions(tx: Transaction, { source, target, last, author, history }: RevisionCopy) {
  const keys = await sealingKeys(tx, source.organizationId)
  const ciphers = { from: environmentCipher(source.id, keys), to: environmentCipher(target.id, keys) }
  const home = { environmentId: target.id, organizationId: target.organizationId, etag: '' }
  if (!history) {
    const { definition } = await loadRevision(tx, source, last)
    const made = { createdById: author.id, createdByLogin: author.login, createdByName: author.name }
    await insertCopy(tx, target, { ...home, ...made, number: 1, definition: reseal(definition, ciphers) })
    return
  }
  const revisions = await tx.revision.findMany({
    where: { environmentId: source.id, organizationId: source.organizationId, number: { lte: last } },
    orderBy: { number: 'asc' },
  })
  for (const revision of revisions) {
    await insertCopy(tx, target, { ...revision, ...home, definition: reseal(revision.definition, ciphers) })
  }
}

type CopiedRevision = Pick<Revision, 'organizationId' | 'environmentId' | 'number' | 'definition' | 'etag'> &
  Partial<Revision>

async function insertCopy(tx: Transaction, target: Environment, revision: CopiedRevision): Promise<void> {
  await tx.revision.create({ data: { ...revision, etag: newEtag() } })
  await recordReferences(tx, target, revision)
}

/** Ciphertexts in a text: base64 that begins with the envelope of language.md §18. */
const ciphertexts = /ZXNjeAAAAA[E-H][A-Za-z0-9+/]+={0,2}/g

/** All bytes but the ciphertexts stay. What does not open, stays too: it did not open in the source either. */
function reseal(
  definition: string,
  { from, to }: { from: EnvironmentCipher; to: EnvironmentCipher },
): string {
  return definition.replace(ciphertexts, (text) => {
    try {
      return to.encrypt(from.decrypt(text))
    } catch {
      return text
    }
  })
}

interface TagCopy {
  source: Environment
  target: Environment
  last: number
  clone: Clone
}

/** Without history only the tags on the copied revision have something to point at. */
async function copyRevisionTags(tx: Transaction, { source, target, last, clone }: TagCopy): Promise<void> {
  const tags = await tx.revisionTag.findMany({
    where: {
      environmentId: source.id,
      organizationId: source.organizationId,
      revision: clone.preserveHistory ? { lte: last } : last,
    },
  })
  const data = tags.map((tag) => ({
    ...tag,
    environmentId: target.id,
    revision: clone.preserveHistory ? tag.revision : 1,
  }))
  await tx.revisionTag.createMany({ data })
}

async function copyTags(tx: Transaction, source: Environment, target: Environment): Promise<void> {
  const where = { environmentId: source.id, organizationId: source.organizationId }
  const tags = await tx.environmentTag.findMany({ where })
  await tx.environmentTag.createMany({ data: tags.map((tag) => ({ ...tag, environmentId: target.id })) })
}

async function copyAccess(tx: Transaction, source: Environment, target: Environment): Promise<void> {
  const where = { environmentId: source.id, organizationId: source.organizationId }
  const grants = await tx.environmentGrant.findMany({ where, omit: { id: true } })
  await tx.environmentGrant.createMany({
    data: grants.map((grant) => ({ ...grant, environmentId: target.id })),
  })
}
