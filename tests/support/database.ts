/** A database of their own for tests, with a master key and nobody in it. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabase, openDatabase } from '@/lib/db'
import { lockKeyring, unlock } from '@/lib/secrets'

export interface TemporaryDatabase {
  dataDirectory: string
  /** Base64. */
  masterKey: string
  /** Closes the database, locks the key ring and removes the folder. */
  close(): Promise<void>
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
