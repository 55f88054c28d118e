/**
 * One process per data folder. PGlite has no lock of its own: two processes on one folder lose each other's writes.
 *
 * A lock is a listening Unix socket under a name that is never used twice, so the kernel tells whether its owner lives
 * (also after SIGKILL, also from another container), and removing a dead one can never remove a living one. Each
 * process first announces itself and then looks: of two that start together at least one sees the other. Whoever sees a
 * living other withdraws, and tries again a few times in case the other withdrew too.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, unlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartupError } from '@/lib/startup-error'
import { isAlive, socketAddress } from './unix-socket'

const tries = 5

export interface FolderLock {
  release(): Promise<void>
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(path, () => resolve(server))
    server.unref()
  })
}

async function removeIfPresent(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** Appears under its final name only once it answers, or others would take it for dead. */
async function announce(directory: string, name: string): Promise<FolderLock> {
  const draft = join(directory, `${name}.new`)
  const path = join(directory, name)
  const server = await listen(socketAddress(draft))
  await rename(draft, path)
  return {
    async release() {
      await removeIfPresent(path)
      await new Promise((done) => server.close(done))
    },
  }
}

async function livingOther(directory: string, own: string): Promise<boolean> {
  for (const name of await readdir(directory)) {
    if (name === own || !name.endsWith('.sock')) continue
    const path = join(directory, name)
    if (await isAlive(socketAddress(path))) return true
    await removeIfPresent(path)
  }
  return false
}

/**
 * @param directory an existing private folder
 * @throws StartupError `data_folder_in_use`
 */
export async function lockFolder(directory: string): Promise<FolderLock> {
  const lockDirectory = join(directory, 'lock')
  await mkdir(lockDirectory, { recursive: true, mode: 0o700 })
  for (let attempt = 1; attempt <= tries; attempt++) {
    const name = `${randomBytes(6).toString('hex')}.sock`
    const lock = await announce(lockDirectory, name)
    if (!(await livingOther(lockDirectory, name))) return lock
    await lock.release()
    await sleep(20 + Math.random() * 80 * attempt)
  }
  throw new StartupError(
    'data_folder_in_use',
    `Another OpenESC process uses the data folder ${directory}. Stop it, or set OPENESC_DATA_DIR to another folder.`,
  )
}
