/**
 * XAES-256-GCM (C2SP): AES-256-GCM under a key derived from the first half of a 24-byte random nonce. The nonce is long
 * enough to be drawn at random for every message of a key's life, so no counter has to survive restarts, replicas and
 * restored snapshots (K01).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export const nonceLength = 24
export const tagLength = 16
const half = 12
const block = 16

/** CMAC's first subkey (NIST SP 800-38B): the encrypted zero block, doubled in GF(2^128). */
function cmacSubkey(encryptedZero: Buffer): Buffer {
  const subkey = Buffer.alloc(block)
  for (let at = 0; at < block; at++) {
    subkey[at] = ((encryptedZero[at] ?? 0) << 1) | ((encryptedZero[at + 1] ?? 0) >> 7)
  }
  if ((encryptedZero[0] ?? 0) >= 0x80) subkey[block - 1] = (subkey[block - 1] ?? 0) ^ 0x87
  return subkey
}

/** NIST SP 800-108 in counter mode with CMAC, label "X", context the first half of the nonce. */
function messageKey(key: Buffer, nonce: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const encryptedZero = cipher.update(Buffer.alloc(block))
  const subkey = cmacSubkey(encryptedZero)
  const context = nonce.subarray(0, half)
  const blocks = Buffer.concat([Buffer.from([0, 1, 0x58, 0]), context, Buffer.from([0, 2, 0x58, 0]), context])
  for (let at = 0; at < blocks.length; at++) blocks[at] = (blocks[at] ?? 0) ^ (subkey[at % block] ?? 0)
  const derived = cipher.update(blocks)
  encryptedZero.fill(0)
  subkey.fill(0)
  return derived
}

/** @returns nonce, ciphertext and tag, one after the other */
export function encrypt(
  key: Buffer,
  plaintext: Uint8Array,
  associated: Uint8Array,
  nonce: Buffer = randomBytes(nonceLength),
): Buffer {
  const derived = messageKey(key, nonce)
  const cipher = createCipheriv('aes-256-gcm', derived, nonce.subarray(half))
  cipher.setAAD(associated)
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  derived.fill(0)
  return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()])
}

/** @returns undefined when key, associated data or any byte of the message is not what was sealed */
export function decrypt(key: Buffer, message: Uint8Array, associated: Uint8Array): Buffer | undefined {
  if (message.length < nonceLength + tagLength) return undefined
  const derived = messageKey(key, message.subarray(0, nonceLength))
  const end = message.length - tagLength
  const decipher = createDecipheriv('aes-256-gcm', derived, message.subarray(half, nonceLength))
  decipher.setAAD(associated)
  decipher.setAuthTag(message.subarray(end))
  const plaintext = decipher.update(message.subarray(nonceLength, end))
  try {
    decipher.final()
    return plaintext
  } catch {
    plaintext.fill(0)
    return undefined
  } finally {
    derived.fill(0)
  }
}
