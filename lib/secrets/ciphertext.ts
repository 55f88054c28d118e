/**
 * The ciphertexts inside definitions: `fn::secret: {ciphertext: <base64>}`, in the envelope of language.md §18. Between
 * its header and checksum stand key id (16 bytes), the length of the environment id (2), the environment id, then
 * nonce, ciphertext and tag.
 *
 * The header tells which environment sealed it, so that a check of unsaved text can ask for permission on the right one.
 * Associated data are the header, the organization and the record kind, never a name or a path in the document:
 * renaming keeps secrets readable, moving them to another environment does not.
 */
import { crc32 } from 'node:zlib'
import { fingerprintLength } from './key'
import type { OrganizationKeys } from './keyring'

const magic = Buffer.from('escx')
const version = 1
const fixedLength = magic.length + 4
const checksumLength = 4
const leastLength = 16
const kind = 'definition'

export type CiphertextProblem =
  | 'not_base64'
  | 'too_short'
  | 'invalid_header'
  | 'invalid_checksum'
  | 'unsupported_version'
  | 'unknown_environment'
  | 'unknown_key'
  | 'not_authentic'

const messages: Record<CiphertextProblem, string> = {
  not_base64: 'illegal base64 data',
  too_short: 'EOF',
  invalid_header: 'invalid header',
  invalid_checksum: 'invalid checksum',
  unsupported_version: 'unsupported version',
  unknown_environment: 'it belongs to another environment',
  unknown_key: 'it was sealed with a key that this organization does not have',
  not_authentic: 'it was altered or copied from elsewhere',
}

/** Why a ciphertext does not open. The message never says whether its content would be valid elsewhere. */
export class CiphertextError extends Error {
  override readonly name = 'CiphertextError'
  readonly code: CiphertextProblem

  constructor(code: CiphertextProblem) {
    super(`invalid ciphertext: ${messages[code]}`)
    this.code = code
  }
}

export interface CiphertextHeader {
  keyId: string
  environmentId: string
}

interface Parsed extends CiphertextHeader {
  /** All bytes up to the nonce. */
  header: Buffer
  message: Buffer
}

function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw new CiphertextError('not_base64')
  return bytes
}

/** The checks of language.md §18, in their order. */
function unwrapEnvelope(text: string): Buffer {
  const bytes = decodeBase64(text)
  if (bytes.length < leastLength) throw new CiphertextError('too_short')
  if (!bytes.subarray(0, magic.length).equals(magic)) throw new CiphertextError('invalid_header')
  const end = bytes.length - checksumLength
  if (bytes.readUInt32BE(end) !== crc32(bytes.subarray(0, end))) throw new CiphertextError('invalid_checksum')
  if (bytes.readUInt32BE(magic.length) !== version) throw new CiphertextError('unsupported_version')
  return bytes.subarray(0, end)
}

function parse(text: string): Parsed {
  const bytes = unwrapEnvelope(text)
  const idAt = fixedLength + fingerprintLength + 2
  if (bytes.length < idAt) throw new CiphertextError('invalid_header')
  const headerEnd = idAt + bytes.readUInt16BE(idAt - 2)
  if (bytes.length < headerEnd) throw new CiphertextError('invalid_header')
  return {
    keyId: bytes.toString('hex', fixedLength, fixedLength + fingerprintLength),
    environmentId: bytes.toString('utf8', idAt, headerEnd),
    header: bytes.subarray(0, headerEnd),
    message: bytes.subarray(headerEnd),
  }
}

/** @throws CiphertextError */
export function readHeader(ciphertext: string): CiphertextHeader {
  const { keyId, environmentId } = parse(ciphertext)
  return { keyId, environmentId }
}

function headerOf(keyFingerprint: Buffer, environmentId: string): Buffer {
  const id = Buffer.from(environmentId)
  const fixed = Buffer.alloc(fixedLength)
  magic.copy(fixed)
  fixed.writeUInt32BE(version, magic.length)
  const idLength = Buffer.alloc(2)
  idLength.writeUInt16BE(id.length)
  return Buffer.concat([fixed, keyFingerprint, idLength, id])
}

function associatedData(organizationId: string, header: Buffer): Buffer {
  return Buffer.concat([Buffer.from(JSON.stringify(['openesc ciphertext', organizationId, kind])), header])
}

export interface EnvironmentCipher {
  /** @returns the text that stands behind `ciphertext:` */
  encrypt(plaintext: string): string
  /** @throws CiphertextError, also for a ciphertext of another environment */
  decrypt(ciphertext: string): string
}

/** Seals and opens the secrets of one environment's definitions. */
export function environmentCipher(environmentId: string, keys: OrganizationKeys): EnvironmentCipher {
  const { organizationId, current } = keys
  return {
    encrypt(plaintext) {
      const header = headerOf(current.fingerprint, environmentId)
      const message = current.encrypt(Buffer.from(plaintext), associatedData(organizationId, header))
      const body = Buffer.concat([header, message])
      const checksum = Buffer.alloc(checksumLength)
      checksum.writeUInt32BE(crc32(body))
      return Buffer.concat([body, checksum]).toString('base64')
    },
    decrypt(ciphertext) {
      const parsed = parse(ciphertext)
      if (parsed.environmentId !== environmentId) throw new CiphertextError('unknown_environment')
      const key = keys.get(parsed.keyId)
      if (key === undefined) throw new CiphertextError('unknown_key')
      const plaintext = key.decrypt(parsed.message, associatedData(organizationId, parsed.header))
      if (plaintext === undefined) throw new CiphertextError('not_authentic')
      return plaintext.toString('utf8')
    },
  }
}

/** Ciphertexts in a text: base64 that begins with magic and version; the eleventh digit also holds bits of the key id. */
const ciphertexts = /ZXNjeAAAAA[E-H][A-Za-z0-9+/]+={0,2}/g

/**
 * Seals every ciphertext of a definition anew with the current key. Key ids and nonces have fixed lengths, so all other
 * bytes, and the length of the text, stay. Texts that only look like a ciphertext, or do not open, stay too.
 */
export function resealDefinition(definition: string, environmentId: string, keys: OrganizationKeys): string {
  const cipher = environmentCipher(environmentId, keys)
  return definition.replace(ciphertexts, (text) => {
    try {
      return readHeader(text).keyId === keys.current.id ? text : cipher.encrypt(cipher.decrypt(text))
    } catch {
      return text
    }
  })
}
