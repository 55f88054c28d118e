/** The secrets of definitions, opened for an evaluation. */
import { crc32 } from 'node:zlib'
import { may } from '@/lib/access/authorize'
import { startAccess } from '@/lib/access/open-access'
import { asksForTags } from '@/lib/access/require'
import type { Standing } from '@/lib/access/standing'
import { database } from '@/lib/db'
import type { Decrypter } from '@/lib/language'
import { CiphertextError, environmentCipher, organizationKeys, readHeader } from '@/lib/secrets'

export interface Decrypters {
  /** Opens what this environment sealed, and nothing else. The caller has decided that the actor may. */
  of(environmentId: string): Decrypter
  /** Opens what any environment of the organization sealed that the actor may open. */
  ofAny(): Decrypter
  /** Ids of the environments of which a secret was opened so far. */
  opened: ReadonlySet<string>
}

/**
 * Loads the organization's keys once, when the first secret asks for them.
 *
 * @param limited as of the loader's rules, for the environments whose secrets {@link Decrypters.ofAny} opens
 */
export function decryptersFor(standing: Standing, limited?: (seconds: number) => void): Decrypters {
  const organizationId = standing.organization.id
  let loading: ReturnType<typeof organizationKeys> | undefined
  const opened = new Set<string>()
  const open = async (environmentId: string, ciphertext: string) => {
    loading ??= organizationKeys(database(), organizationId)
    const plaintext = environmentCipher(environmentId, await loading).decrypt(ciphertext)
    opened.add(environmentId)
    return plaintext
  }
  const decisions = new Map<string, Promise<boolean>>()
  const mayOpenOnce = (id: string) => {
    const decision = decisions.get(id) ?? mayOpen(standing, id, limited)
    decisions.set(id, decision)
    return decision
  }
  return {
    opened,
    of: (environmentId) => ({ decrypt: (bytes) => open(environmentId, inEnvelope(bytes)) }),
    ofAny: () => ({
      async decrypt(bytes) {
        const ciphertext = inEnvelope(bytes)
        const { environmentId } = readHeader(ciphertext)
        if (!(await mayOpenOnce(environmentId))) throw new CiphertextError('unknown_environment')
        return open(environmentId, ciphertext)
      },
    }),
  }
}

async function mayOpen(
  { organization, grants }: Standing,
  id: string,
  limited: ((seconds: number) => void) | undefined,
): Promise<boolean> {
  const environment = await database().environment.findFirst({
    where: { id, organizationId: organization.id, deletedAt: null },
    include: { tags: { take: asksForTags(grants) ? undefined : 0 } },
  })
  if (environment === null) return false
  const decision = may(grants, 'environment:open', environment)
  if (!decision.allowed) return false
  if (decision.maxOpenDurationSeconds !== undefined) limited?.(decision.maxOpenDurationSeconds)
  await startAccess(database(), grants, [id])
  return true
}

/** The language hands over what stands inside the envelope of language.md §18; ciphers take the whole. */
function inEnvelope(bytes: Uint8Array): string {
  const body = Buffer.concat([Buffer.from('escx\0\0\0\x01', 'latin1'), bytes])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([body, checksum]).toString('base64')
}
