/** Sealing and opening single values with an environment's key, for tools that edit definitions themselves. */
import type { Actor } from '@/lib/access/actor'
import { startAccess } from '@/lib/access/open-access'
import { requireEnvironment } from '@/lib/access/require'
import { withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { CiphertextError, environmentCipher, organizationKeys, sealingKeys } from '@/lib/secrets'
import { record } from './record'
import type { EnvironmentReference } from './reference'

const most = 1000

/** In the order given. @throws Failure `too_large`, `not_found`, `forbidden` */
export async function encryptValues(
  actor: Actor,
  { plaintexts, ...reference }: EnvironmentReference & { plaintexts: string[] },
): Promise<string[]> {
  refuseMany(plaintexts)
  return withTransaction(async (tx) => {
    const { environment } = await requireEnvironment(tx, actor, { ...reference, scope: 'environment:write' })
    const keys = await sealingKeys(tx, environment.organizationId)
    const cipher = environmentCipher(environment.id, keys)
    return plaintexts.map((plaintext) => cipher.encrypt(plaintext))
  })
}

/** In the order given; recorded. @throws Failure `invalid`, `too_large`, `not_found`, `forbidden` */
export async function decryptValues(
  actor: Actor,
  { ciphertexts, ...reference }: EnvironmentReference & { ciphertexts: string[] },
): Promise<string[]> {
  refuseMany(ciphertexts)
  return withTransaction(async (tx) => {
    const question = { ...reference, scope: 'environment:open' } as const
    const { environment, grants } = await requireEnvironment(tx, actor, question)
    await startAccess(tx, grants, [environment.id])
    const keys = await organizationKeys(tx, environment.organizationId)
    const cipher = environmentCipher(environment.id, keys)
    const data = { values: ciphertexts.length }
    await record(tx, { actor, environment, event: 'environment-decrypted', did: 'Opened secrets of', data })
    return ciphertexts.map((ciphertext, at) => {
      try {
        return cipher.decrypt(ciphertext)
      } catch (error) {
        if (!(error instanceof CiphertextError)) throw error
        throw new Failure('invalid', `Bad Request: ciphertexts[${at}]: ${error.message}`)
      }
    })
  })
}

function refuseMany(values: readonly string[]): void {
  if (values.length <= most) return
  throw new Failure('too_large', `Content Too Large: at most ${most} values at once`)
}
