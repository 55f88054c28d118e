/** Where the master key comes from: a variable, a file, or a file that we make beside the embedded database. */
import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartupError } from '@/lib/startup-error'
import { Key, keyLength } from './key'

export interface MasterKeyOptions {
  /** 32 bytes in base64. */
  masterKey?: string | undefined
  masterKeyFile?: string | undefined
  dataDirectory: string
}

const rule = 'must be 32 random bytes in base64 (openssl rand -base64 32)'

/**
 * Keys that somebody typed or counted up instead of drawing them. A random key is refused by chance less often than
 * once in 10^13.
 */
function isWeak(bytes: Buffer): boolean {
  const steps = new Set(bytes.map((byte, at) => (byte - (bytes[at - 1] ?? byte)) & 0xff).subarray(1))
  const isText = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  return new Set(bytes).size < keyLength / 2 || steps.size < 3 || isText
}

export function parseMasterKey(text: string, source: string): Key {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, 'base64')
  if (bytes.length !== keyLength || bytes.toString('base64') !== trimmed) {
    throw new StartupError('config_invalid', `${source}: ${rule}`)
  }
  if (isWeak(bytes)) throw new StartupError('master_key_weak', `${source}: is not random; it ${rule}`)
  return new Key(bytes)
}

export function generatedKeyFile(dataDirectory: string): string {
  return join(dataDirectory, 'master.key')
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function keyFromFile(path: string): Promise<Key> {
  try {
    return parseMasterKey(await readFile(path, 'utf8'), 'OPENESC_MASTER_KEY_FILE')
  } catch (error) {
    if (error instanceof StartupError) throw error
    throw new StartupError('master_key_missing', 'OPENESC_MASTER_KEY_FILE: the file cannot be read')
  }
}

/** @returns the key, or undefined when none was given and none had been made; makes none. */
export async function findMasterKey(options: MasterKeyOptions): Promise<Key | undefined> {
  if (options.masterKey !== undefined) return parseMasterKey(options.masterKey, 'OPENESC_MASTER_KEY')
  if (options.masterKeyFile !== undefined) return keyFromFile(options.masterKeyFile)
  return readGeneratedKey(generatedKeyFile(options.dataDirectory))
}

async function readGeneratedKey(path: string): Promise<Key | undefined> {
  const text = await readIfPresent(path)
  return text === undefined ? undefined : parseMasterKey(text, path)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync()
  await folder.close()
}

/** Makes a key that nobody had before and returns it once it is safely on disk. */
async function writeNewKey(path: string): Promise<Key> {
  const bytes = randomBytes(keyLength)
  const file = await open(path, 'wx', 0o600)
  await file.writeFile(`${bytes.toString('base64')}\n`)
  await file.sync()
  await file.close()
  await syncFolder(dirname(path))
  return new Key(bytes)
}

/** The first key of an embedded database. Never replaces a file. */
export function generateMasterKey(dataDirectory: string): Promise<Key> {
  return writeNewKey(generatedKeyFile(dataDirectory))
}

function nextKeyFile(dataDirectory: string): string {
  return `${generatedKeyFile(dataDirectory)}.next`
}

/** A key that is going to replace the generated one; the same again when that was interrupted. */
export async function prepareNextKey(dataDirectory: string): Promise<Key> {
  const path = nextKeyFile(dataDirectory)
  return (await readGeneratedKey(path)) ?? (await writeNewKey(path))
}

/** Makes the prepared key the generated one, after the database was sealed with it. */
export async function adoptNextKey(dataDirectory: string): Promise<void> {
  await rename(nextKeyFile(dataDirectory), generatedKeyFile(dataDirectory))
  await syncFolder(dataDirectory)
}

/** A prepared key, when a replacement may have been interrupted just before {@link adoptNextKey}. */
export function findNextKey(dataDirectory: string): Promise<Key | undefined> {
  return readGeneratedKey(nextKeyFile(dataDirectory))
}
