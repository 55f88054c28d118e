import { decodeBase64, encodeBase64 } from './base64'
import { crc32 } from './crc32'

const MAGIC = [0x65, 0x73, 0x63, 0x78] // escx
const VERSION = 1
const HEADER = 8
const CHECKSUM = 4

/** Shorter envelopes never open, however valid (spec §18). */
const SMALLEST = 16

export type EnvelopeResult =
  | { readonly ok: true; readonly ciphertext: Uint8Array }
  | { readonly ok: false; readonly reason: string }

/** Wraps a ciphertext for a definition: header, ciphertext, checksum, in base64 (spec §18). */
export function encodeEnvelope(ciphertext: Uint8Array): string {
  const bytes = new Uint8Array(HEADER + ciphertext.length + CHECKSUM)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  view.setUint32(4, VERSION)
  bytes.set(ciphertext, HEADER)
  view.setUint32(bytes.length - CHECKSUM, crc32(bytes.subarray(0, -CHECKSUM)))
  return encodeBase64(bytes)
}

/** Opens what {@link encodeEnvelope} made. */
export function decodeEnvelope(text: string): EnvelopeResult {
  const decoded = decodeBase64(text)
  if (!decoded.ok) return { ok: false, reason: `illegal base64 data at input byte ${decoded.offset}` }
  const { bytes } = decoded
  if (bytes.length < SMALLEST) return { ok: false, reason: 'EOF' }
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) return { ok: false, reason: 'invalid header' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(bytes.length - CHECKSUM) !== crc32(bytes.subarray(0, -CHECKSUM))) {
    return { ok: false, reason: 'invalid checksum' }
  }
  if (view.getUint32(4) !== VERSION) return { ok: false, reason: 'unsupported version' }
  return { ok: true, ciphertext: bytes.slice(HEADER, -CHECKSUM) }
}
