/**
 * What is stored for a sealed value: version (1 byte), key id (16), then nonce, ciphertext and tag. The associated data
 * name where the value belongs, so that it opens nowhere else (P3).
 */
import { fingerprintLength, type Key } from './key'

const version = 1
const headerLength = 1 + fingerprintLength

/** Where a sealed value belongs. */
export interface Place {
  /** The tenant; null for what belongs to the installation. */
  organizationId: string | null
  /** What kind of record holds it, e.g. `open-session`. */
  kind: string
  /** Id of that record. */
  id: string
  /** Which of its fields. */
  field: string
}

/** The stored bytes are not what was sealed for this place: another row, another key, or damaged. */
export class SealError extends Error {
  override readonly name = 'SealError'
  readonly code: 'unknown_format' | 'unknown_key' | 'not_authentic'

  constructor(code: SealError['code'], message: string) {
    super(message)
    this.code = code
  }
}

function associatedData({ organizationId, kind, id, field }: Place, keyId: string): Buffer {
  return Buffer.from(
    JSON.stringify(['openesc sealed value', version, organizationId, kind, id, field, keyId]),
  )
}

export function sealWith(key: Key, place: Place, plaintext: Uint8Array): Buffer {
  const message = key.encrypt(plaintext, associatedData(place, key.id))
  return Buffer.concat([Buffer.from([version]), key.fingerprint, message])
}

/** @returns the id of the key that sealed the value */
export function sealingKeyId(sealed: Uint8Array): string {
  if (sealed[0] !== version || sealed.length < headerLength) {
    throw new SealError('unknown_format', 'a sealed value is not in a known format')
  }
  return Buffer.from(sealed.subarray(1, headerLength)).toString('hex')
}

/** @throws SealError */
export function openWith(key: Key, place: Place, sealed: Uint8Array): Buffer {
  if (sealingKeyId(sealed) !== key.id) {
    throw new SealError('unknown_key', `a sealed value of kind ${place.kind} needs another key`)
  }
  const plaintext = key.decrypt(sealed.subarray(headerLength), associatedData(place, key.id))
  if (plaintext === undefined) {
    throw new SealError('not_authentic', `a sealed value of kind ${place.kind} was altered or moved`)
  }
  return plaintext
}

/** A key sealed by another one, in the same form as any value. */
export function wrapWith(key: Key, place: Place, inner: Key): Buffer {
  const message = inner.wrappedBy(key, associatedData(place, key.id))
  return Buffer.concat([Buffer.from([version]), key.fingerprint, message])
}
