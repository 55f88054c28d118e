/** A database of their own for tests, with a master key and nobody in it. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase, openDatabase } from '@/lib/db'
import { readMigrations } from '@/lib/db/migrate'
import { projectRoot } from '@/lib/project-root'
import { lockKeyring, unlock } from '@/lib/secrets'

export interface TemporaryDatabase {
  dataDirectory: string
  /** Base64. */
  masterKey: string
  /** Closes the database, locks the key ring and removes the folder. */
  close(): Promise<void>
}

async function templateFolder(): Promise<string> {
  const migrations = await readMigrations(join(projectRoot(), 'prisma', 'migrations'))
  const checksums = migrations.map(({ checksum }) => checksum).join()
  const version = createHash('sha256').update(checksums).digest('hex').slice(0, 16)
  return join(tmpdir(), `openesc-template-${process.getuid?.() ?? 0}-${version}`)
}

/**
 * Making an embedded database takes seconds, copying one does not: the first test that needs one leaves a migrated copy.
 * Several may do so at once; the first to finish wins.
 */
async function copyTemplate(dataDirectory: string): Promise<void> {
  const folder = await templateFolder()
  if (!existsSync(folder)) {
    const draft = `${folder}-${randomUUID()}`
    await openDatabase({ dataDirectory: draft })
    await closeDatabase()
    await rename(draft, folder).catch(() => rm(draft, { recursive: true }))
  }
  await cp(join(folder, 'database'), join(dataDirectory, 'database'), { recursive: true })
}

/**
 * Opens and migrates an empty database as the one of this process; one at a time.
 *
 * @param databaseUrl a PostgreSQL server; absent means the embedded database
 */
export async function temporaryDatabase({
  databaseUrl,
}: {
  databaseUrl?: string | undefined
} = {}): Promise<TemporaryDatabase> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'openesc-test-'))
  const masterKey = randomBytes(32).toString('base64')
  if (databaseUrl === undefined) await copyTemplate(dataDirectory)
  await openDatabase({ dataDirectory, databaseUrl })
  await unlock({ dataDirectory, masterKey })
  return {
    dataDirectory,
    masterKey,
    async close() {
      await closeDatabase()
      lockKeyring()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
