/** Sealing of single columns. Definitions seal their secrets one by one, see `ciphertext.ts`. */
import type { Statements, Transaction } from '@/lib/db'
import { openWith, type Place, SealError, sealingKeyId, sealWith } from './envelope'
import { masterKey, organizationKeys, type PresumedKey, sealingKeys } from './keyring'

/** A place within an organization. */
export type OrganizationPlace = Place & { organizationId: string }

/**
 * @param tx the transaction that also writes the result
 * @returns bytes for the database
 */
export async function seal(
  tx: Statements,
  place: OrganizationPlace,
  plaintext: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { current } = await sealingKeys(tx, place.organizationId)
  return new Uint8Array(sealWith(current, place, plaintext))
}

/** {@link seal} with a key that may have been retired: whoever stores the result asks in the same statement. */
export function sealPresumed(
  { key }: PresumedKey,
  place: OrganizationPlace,
  plaintext: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sealWith(key, place, plaintext))
}

/** @throws SealError when the bytes were not sealed for exactly this place */
export async function openSealed(
  db: Transaction,
  place: OrganizationPlace,
  sealed: Uint8Array,
): Promise<Buffer> {
  const key = (await organizationKeys(db, place.organizationId)).get(sealingKeyId(sealed))
  if (key === undefined)
    throw new SealError('unknown_key', `a sealed value of kind ${place.kind} needs another key`)
  return openWith(key, place, sealed)
}

/** A place of the installation itself. */
export interface InstallationPlace {
  kind: string
  id: string
  field?: string
}

export function installationPlace({ kind, id, field = 'sealed' }: InstallationPlace): Place {
  return { organizationId: null, kind, id, field }
}

/** For what belongs to no organization: issuer keys, the session secret. */
export function sealWithMaster(
  place: InstallationPlace,
  plaintext: Uint8Array,
): { data: Uint8Array<ArrayBuffer>; masterKeyId: string } {
  const key = masterKey()
  return { data: new Uint8Array(sealWith(key, installationPlace(place), plaintext)), masterKeyId: key.id }
}

/** @throws SealError */
export function openWithMaster(place: InstallationPlace, sealed: Uint8Array): Buffer {
  return openWith(masterKey(), installationPlace(place), sealed)
}
