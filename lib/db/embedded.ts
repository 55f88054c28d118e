/** The embedded database: PostgreSQL in this process (PGlite), in one private folder that one process may hold. */
import { existsSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { prepareDataFolder } from './data-folder'
import { DurableFilesystem } from './durable-filesystem'
import { lockFolder } from './lock'
import { PreparedStatements } from './prepared'
import type { Direct, SqlSession, Store } from './store'

const startParameters = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'fsync=on',
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'timezone=UTC',
  // All of it is resident from the start, and the system caches the same files; the default is 128 MB.
  '-c',
  'shared_buffers=16MB',
]

/** The database is made without syncing; afterwards every file is made durable once, several at a time. */
async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return syncTree(path)
      return entry.isFile() ? syncPath(path) : undefined
    }),
  )
  await syncPath(folder)
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function sessionOf(database: PGlite): SqlSession {
  return {
    async script(sql) {
      await database.exec(sql)
    },
    async rows(sql, parameters = []) {
      const { rows } = await database.query<Record<string, unknown>>(sql, parameters)
      return rows
    },
  }
}

/** PGlite lets a statement wait while a transaction runs on its only session, and one transaction for the other. */
function directOf(database: PGlite): Direct {
  const statements = new PreparedStatements(database)
  return {
    run: (statement) => statements.run(statement),
    transaction: (work) =>
      database.transaction(async () => {
        let hasFailed = false
        const result = await work((statement) =>
          statements.runInTransaction(statement).catch((error: unknown) => {
            hasFailed = true
            throw error
          }),
        )
        // `work` went on as if nothing were: the commit would undo everything and not say so.
        if (hasFailed) throw new Error('the transaction was rolled back')
        return result
      }),
  }
}

/** One after the other: there is one connection, and statements of several would mix in one transaction. */
function oneByOne(session: SqlSession): Store['exclusively'] {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const result = last.then(() => run(session))
    last = result.catch(() => {})
    return result
  }
}

/**
 * `pglite-prisma-adapter` 0.7.2 swallows a failing COMMIT: it turns the rejection into the resolved result that it
 * awaits. Here `catch` passes the rejection on, so that nothing is acknowledged that was not committed.
 */
function withHonestCommit(database: PGlite): PGlite {
  const transaction = (run: Parameters<PGlite['transaction']>[0]) => {
    const outcome = database.transaction(run)
    outcome.catch(() => {})
    return {
      catch(report: (error: unknown) => void) {
        const reported = outcome.catch((error) => {
          report(error)
          throw error
        })
        reported.catch(() => {})
        return reported
      },
    }
  }
  return new Proxy(database, {
    get(target, property) {
      if (property === 'transaction') return transaction
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

export interface EmbeddedStore extends Store {
  kind: 'embedded'
  /** Calls of fsync so far, for tests. */
  syncs(): number
}

/**
 * Takes the folder's lock, then opens or makes the database in it.
 *
 * @param dataDirectory absolute path
 * @throws StartupError `data_folder_in_use`, `data_folder_unusable`
 */
export async function openEmbedded(dataDirectory: string): Promise<EmbeddedStore> {
  await prepareDataFolder(dataDirectory)
  const lock = await lockFolder(dataDirectory)
  try {
    const directory = join(dataDirectory, 'database')
    const isNew = !existsSync(join(directory, 'PG_VERSION'))
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const filesystem = new DurableFilesystem(directory)
    const database = await PGlite.create({ fs: filesystem, startParams: startParameters })
    if (isNew) await syncTree(directory)
    return {
      kind: 'embedded',
      adapter: new PrismaPGlite(withHonestCommit(database)),
      syncs: () => filesystem.syncs,
      exclusively: oneByOne(sessionOf(database)),
      direct: directOf(database),
      // Statements wait meanwhile; what is uncommitted then is undone when the copy is first opened.
      archive: () => database.dumpDataDir('gzip'),
      async close() {
        await database.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
