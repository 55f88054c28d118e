/**
 * Applies `prisma/migrations` in order. Ours instead of `prisma migrate deploy`, which needs a downloaded engine; the
 * bookkeeping table and checksums are Prisma's, so that tool can continue.
 *
 * A migration and its bookkeeping row are one transaction: after a crash it is either done or not begun.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartupError } from '@/lib/startup-error'
import type { SqlSession, Store } from './store'

export interface Migration {
  name: string
  sql: string
  /** SHA-256 of the file, hexadecimal. */
  checksum: string
}

const bookkeeping = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`

/** @param directory of folders `<time>_<name>/migration.sql`, sorted by name */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function appliedChecksums(session: SqlSession): Promise<Map<string, string>> {
  const rows = await session.rows(
    'SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL',
  )
  return new Map(rows.map((row) => [String(row.migration_name), String(row.checksum)]))
}

function refuseForeignHistory(applied: Map<string, string>, migrations: Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  for (const [name, checksum] of applied) {
    const expected = known.get(name)
    if (expected === undefined) {
      throw new StartupError(
        'database_newer',
        `The database holds migration ${name}, which this version does not know. Run the newer version.`,
      )
    }
    if (expected !== checksum) {
      throw new StartupError(
        'migration_changed',
        `Migration ${name} is not the one that was applied to this database: its checksum differs.`,
      )
    }
  }
}

async function apply(session: SqlSession, migration: Migration): Promise<void> {
  try {
    await session.script('BEGIN')
    await session.script(migration.sql)
    await session.rows(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await session.script('COMMIT')
  } catch (error) {
    await session.script('ROLLBACK').catch(() => {})
    throw new StartupError(
      'migration_failed',
      `Migration ${migration.name} failed and was rolled back: ${error instanceof Error ? error.message : 'unknown'}`,
      { cause: error },
    )
  }
}

/**
 * @returns the names that were applied now
 * @throws StartupError `migration_changed`, `database_newer`, `migration_failed`
 */
export function migrate(store: Store, migrations: Migration[]): Promise<string[]> {
  return store.exclusively(async (session) => {
    await session.script(bookkeeping)
    const applied = await appliedChecksums(session)
    refuseForeignHistory(applied, migrations)
    const pending = migrations.filter((migration) => !applied.has(migration.name))
    for (const migration of pending) await apply(session, migration)
    return pending.map((migration) => migration.name)
  })
}
