import { createHash, randomBytes } from 'node:crypto'
import { decrypt, encrypt } from './aead'

export const keyLength = 32
export const fingerprintLength = 16

/** A symmetric key. Its bytes stay inside: printing, copying or serializing it shows the fingerprint only. */
export class Key {
  readonly #bytes: Buffer
  /** Fingerprint: 32 hexadecimal digits that name the key and tell nothing about it. */
  readonly id: string

  /** @param bytes {@link keyLength} bytes, owned by the key from now on */
  constructor(bytes: Buffer) {
    if (bytes.length !== keyLength) throw new TypeError('a key has 32 bytes')
    this.#bytes = bytes
    this.id = createHash('sha256')
      .update('openesc key id\0')
      .update(bytes)
      .digest('hex')
      .slice(0, 2 * fingerprintLength)
  }

  static random(): Key {
    return new Key(randomBytes(keyLength))
  }

  /** The key id as it stands in the headers of what the key seals. */
  get fingerprint(): Buffer {
    return Buffer.from(this.id, 'hex')
  }

  encrypt(plaintext: Uint8Array, associated: Uint8Array): Buffer {
    return encrypt(this.#bytes, plaintext, associated)
  }

  /** @returns undefined when the message was not sealed by this key with this associated data */
  decrypt(message: Uint8Array, associated: Uint8Array): Buffer | undefined {
    return decrypt(this.#bytes, message, associated)
  }

  /** This key sealed by another one. */
  wrappedBy(other: Key, associated: Uint8Array): Buffer {
    return other.encrypt(this.#bytes, associated)
  }

  /** Overwrites the bytes; the key is unusable afterwards. */
  destroy(): void {
    this.#bytes.fill(0)
  }
}
