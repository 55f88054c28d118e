/** Castagnoli's polynomial, reflected. */
const polynomial = 0x82f63b78

const table = Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0)
  return remainder >>> 0
})

/** CRC-32C (RFC 3720 §12.1), which Node's zlib does not have. */
export function crc32c(data: Uint8Array): number {
  const remainder = data.reduce((rest, byte) => (rest >>> 8) ^ (table[(rest ^ byte) & 0xff] ?? 0), 0xffffffff)
  return (remainder ^ 0xffffffff) >>> 0
}
