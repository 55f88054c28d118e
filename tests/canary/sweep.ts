import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, inflateRawSync } from 'node:zlib'
import { encodingsOf } from './encodings'

/** Where a canary was found, and how it lay there. */
export interface Finding {
  where: string
  encoding: string
}

/** Looks for the canary in bytes, as they are and decompressed wherever a gzip or zlib stream seems to begin. */
export function sweepBytes(where: string, bytes: Buffer, canary: string): Finding[] {
  const encodings = encodingsOf(canary)
  const find = (content: Buffer, prefix: string) => {
    const text = content.toString('latin1')
    return encodings
      .filter(({ pattern }) => pattern.test(text))
      .map(({ name }) => ({ where, encoding: prefix + name }))
  }
  return [
    ...find(bytes, ''),
    ...decompressedStreams(bytes).flatMap((content) => find(content, 'compressed, ')),
  ]
}

/** Looks through every file below the folder. */
export function sweepFolder(folder: string, canary: string): Finding[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const named = sweepBytes(`name of ${path}`, Buffer.from(entry.name), canary)
      return [...named, ...sweepBytes(path, readFileSync(path), canary)]
    })
}

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08])
const zlibMagics = [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.from([0x78, level]))

function decompressedStreams(bytes: Buffer): Buffer[] {
  const offsets = [gzipMagic, ...zlibMagics].flatMap((magic) => occurrences(bytes, magic))
  return offsets.flatMap((offset) => decompressed(bytes.subarray(offset)) ?? [])
}

function occurrences(bytes: Buffer, magic: Buffer): number[] {
  const offsets: number[] = []
  for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) offsets.push(at)
  return offsets
}

// Read without the trailer, since other bytes may follow; whatever comes out counts.
function decompressed(bytes: Buffer): Buffer | undefined {
  const headerLength = bytes[0] === 0x1f ? 10 : 2
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * 1024 * 1024 }
  try {
    return inflateRawSync(bytes.subarray(headerLength), options)
  } catch {
    return undefined
  }
}
