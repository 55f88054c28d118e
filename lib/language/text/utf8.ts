/**
 * Strings hold bytes that are not valid UTF-8 (from `fn::fromBase64`) as lone surrogates U+DC80–U+DCFF, one per byte;
 * no other lone surrogates occur. So bytes survive a round trip through strings.
 */
const ESCAPED_BYTE = 0xdc00

const LONE_SURROGATE = /\p{Surrogate}/u
const LONE_SURROGATES = /\p{Surrogate}/gu

/** Length in UTF-8 bytes; an escaped byte counts one. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) length++
    else if (unit >= 0xd800 && unit <= 0xdbff && isLow(text, i + 1)) {
      length += 2
      i++
    } else if (!isEscapedByte(unit)) length += 2
  }
  return length
}

function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

function isEscapedByte(unit: number): boolean {
  return unit >= ESCAPED_BYTE + 0x80 && unit <= ESCAPED_BYTE + 0xff
}

/** Encodes as UTF-8, escaped bytes as themselves. */
export function toBytes(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const unit = character.charCodeAt(0)
    if (character.length === 1 && isEscapedByte(unit)) bytes.push(unit - ESCAPED_BYTE)
    else bytes.push(...new TextEncoder().encode(character))
  }
  return new Uint8Array(bytes)
}

/** Decodes UTF-8; every byte that is not part of a valid sequence is escaped. */
export function fromBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return decodeWithEscapes(bytes)
  }
}

function decodeWithEscapes(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const width = sequenceWidth(bytes, i)
    const sequence = bytes.subarray(i, i + Math.max(width, 1))
    try {
      text += decoder.decode(sequence)
      i += sequence.length
    } catch {
      text += String.fromCharCode(ESCAPED_BYTE + (bytes[i] ?? 0))
      i++
    }
  }
  return text
}

function sequenceWidth(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  if (lead >= 0xc2 && lead <= 0xdf) return 2
  if (lead >= 0xe0 && lead <= 0xef) return 3
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1
}

/** Replaces what is not valid Unicode by U+FFFD, as results and JSON show it. */
export function toValid(text: string): string {
  return replaceInvalid(text, '\ufffd')
}

/** Replaces every byte that is not part of valid Unicode. */
export function replaceInvalid(text: string, replacement: string): string {
  return text.replace(LONE_SURROGATES, replacement)
}

/** The part between two byte offsets; a character cut in two leaves escaped bytes. */
export function sliceBytes(text: string, from: number, to: number): string {
  if (isAscii(text)) return text.slice(from, to)
  return fromBytes(toBytes(text).subarray(from, to))
}

/** Every UTF-8 byte as one character U+0000–U+00FF. */
export function toByteString(text: string): string {
  if (isAscii(text)) return text
  return Array.from(toBytes(text), (byte) => String.fromCharCode(byte)).join('')
}

export function fromByteString(bytes: string): string {
  if (isAscii(bytes)) return bytes
  return fromBytes(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are ASCII too
const ASCII = /^[\x00-\x7f]*$/

export function isAscii(text: string): boolean {
  return ASCII.test(text)
}
