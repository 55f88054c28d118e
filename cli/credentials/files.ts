import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode, Failure, systemMessage } from '../failure'
import type { Io } from '../io'

/** The text of a private file, or undefined when there is none. Refuses files that belong to another person. */
export function readPrivate(path: string): string | undefined {
  try {
    refuseForeign(dirname(path))
    refuseForeign(path)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw fileFailure('reading', path, error)
  }
}

let temporaryFiles = 0

/** Replaces a private file as a whole (mode 0600, directory 0700): a reader sees the old text or the new one. */
export function writePrivate(path: string, text: string): void {
  const directory = dirname(path)
  const temporary = join(directory, `.${process.pid}-${Date.now().toString(36)}-${temporaryFiles++}.tmp`)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    refuseForeign(directory)
    // `wx` refuses a file or link that somebody put there before
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw fileFailure('writing', path, error)
  }
}

export function removePrivate(path: string): void {
  rmSync(path, { force: true })
}

const lockRetryMs = 25
const lockPatienceMs = 5000

/**
 * Runs `change` while no other `esc` of this program changes the same file. Node has no advisory lock that the
 * official command line would see; against that one, replacing the file as a whole protects readers.
 */
export async function withLock<T>(io: Io, path: string, change: () => T): Promise<T> {
  const lock = `${path}.lock`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const started = Date.now()
  while (!tryLock(lock)) {
    // a process that was killed leaves its lock behind; nobody holds one for seconds
    if (Date.now() - started > lockPatienceMs) rmSync(lock, { force: true })
    await io.sleep(lockRetryMs)
  }
  try {
    return change()
  } finally {
    rmSync(lock, { force: true })
  }
}

function tryLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw fileFailure('locking', lock, error)
  }
}

/** Somebody else's directory could hold somebody else's backend, which would then get our token. Root may do anything. */
function refuseForeign(path: string): void {
  const uid = process.getuid?.()
  if (uid === undefined) return
  const stat = statSync(path)
  if (stat.uid !== uid && stat.uid !== 0) throw new Failure('CREDENTIALS', `${path} belongs to another user`)
  if ((stat.mode & 0o022) !== 0) {
    throw new Failure('CREDENTIALS', `${path} can be written by other users; run: chmod go-w ${path}`)
  }
}

function fileFailure(doing: string, path: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const failure = new Failure('CREDENTIALS', `${doing} ${path}: ${systemMessage(error)}`)
  failure.cause = error
  return failure
}
