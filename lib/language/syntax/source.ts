import { YamlError } from './yaml/error'

/** Refuses bytes that are not valid UTF-8, with the texts of the reference's reader (spec §3). */
export function checkBytes(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0
    const width =
      lead < 0x80
        ? 1
        : (lead & 0xe0) === 0xc0
          ? 2
          : (lead & 0xf0) === 0xe0
            ? 3
            : (lead & 0xf8) === 0xf0
              ? 4
              : 0
    if (width === 0) throw new YamlError('invalid leading UTF-8 octet')
    if (i + width > bytes.length) throw new YamlError('incomplete UTF-8 octet sequence')
    checkSequence(bytes.subarray(i, i + width))
    i += width
  }
}

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000]

function checkSequence(sequence: Uint8Array): void {
  if (sequence.length === 1) return
  let code = (sequence[0] ?? 0) & (0xff >> (sequence.length + 1))
  for (const octet of sequence.subarray(1)) {
    if ((octet & 0xc0) !== 0x80) throw new YamlError('invalid trailing UTF-8 octet')
    code = code * 64 + (octet & 0x3f)
  }
  if (code < (SMALLEST[sequence.length] ?? 0)) throw new YamlError('invalid length of a UTF-8 sequence')
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw new YamlError('invalid Unicode character')
}
