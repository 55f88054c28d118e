/** One ciphertext at a time: read where it stands, or sealed anew for where it was pasted. */
import type { Actor } from '@/lib/access/actor'
import { startAccess } from '@/lib/access/open-access'
import {
  asksForTags,
  environmentNotFound,
  organizationNotFound,
  permissionOn,
  requireEnvironment,
} from '@/lib/access/require'
import { loadStanding, type Standing } from '@/lib/access/standing'
import { type Transaction, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import { CiphertextError, environmentCipher, organizationKeys, readHeader, sealingKeys } from '@/lib/secrets'
import { record } from './record'
import { type EnvironmentReference, qualifiedName } from './reference'

export interface CiphertextRequest {
  organization: string
  /** As it stands behind `ciphertext:`. */
  ciphertext: string
}

/**
 * Opens one ciphertext with the right to open the environment that sealed it. Recorded there.
 *
 * @throws Failure `not_found` also when that environment is unknown or may not be seen, `forbidden`, `conflict` for a
 *   ciphertext that is damaged
 */
export function decryptCiphertext(actor: Actor, request: CiphertextRequest): Promise<{ plaintext: string }> {
  return withTransaction(async (tx) => {
    const { plaintext } = await open(tx, actor, request)
    return { plaintext }
  })
}

export type ResealRequest = CiphertextRequest & EnvironmentReference

/**
 * Seals the secret of another environment for this one, without showing it. Takes the right to open the other and to
 * write this one.
 *
 * @returns the new ciphertext, and the `project/name` that the old one was of
 * @throws as {@link decryptCiphertext}
 */
export function resealCiphertext(
  actor: Actor,
  request: ResealRequest,
): Promise<{ ciphertext: string; source: string }> {
  return withTransaction(async (tx) => {
    const { environment } = await requireEnvironment(tx, actor, { ...request, scope: 'environment:write' })
    const { plaintext, source } = await open(tx, actor, request)
    const cipher = environmentCipher(environment.id, await sealingKeys(tx, environment.organizationId))
    return { ciphertext: cipher.encrypt(plaintext), source: qualifiedName(source) }
  })
}

async function open(tx: Transaction, actor: Actor, { organization, ciphertext }: CiphertextRequest) {
  const standing = await loadStanding(tx, actor, { name: organization })
  if (!standing) throw organizationNotFound()
  const found = await findSource(tx, standing, ciphertext)
  const { environment, grants } = permissionOn(standing, found, 'environment:open')
  const plaintext = await opened(tx, environment, ciphertext)
  await startAccess(tx, grants, [environment.id])
  await record(tx, {
    actor,
    environment,
    event: 'environment-decrypted',
    did: 'Read a secret of the environment',
  })
  return { plaintext, source: environment }
}

async function findSource(tx: Transaction, { organization, grants }: Standing, ciphertext: string) {
  const environment = await tx.environment.findFirst({
    where: { id: sourceId(ciphertext), organizationId: organization.id, deletedAt: null },
    include: { tags: { take: asksForTags(grants) ? undefined : 0 } },
  })
  if (environment === null) throw environmentNotFound()
  return { environment, facts: environment }
}

function sourceId(ciphertext: string): string {
  return refusingDamage(() => readHeader(ciphertext).environmentId)
}

async function opened(tx: Transaction, environment: Environment, ciphertext: string): Promise<string> {
  const keys = await organizationKeys(tx, environment.organizationId)
  return refusingDamage(() => environmentCipher(environment.id, keys).decrypt(ciphertext))
}

function refusingDamage<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CiphertextError) throw new Failure('conflict', `Conflict: ${error.message}`)
    throw error
  }
}
