import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Postgres, postgresPrograms, startPostgres } from '@/tests/peers/postgres'
import { projectRoot } from '../project-root'
import { openEmbedded } from './embedded'
import { type Migration, migrate, readMigrations } from './migrate'
import { openServer } from './server'
import type { Store } from './store'

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: `${name}-${sql.length}` }
}

const first = migration('1', 'CREATE TABLE "one" ("n" int); INSERT INTO "one" VALUES (1)')
const second = migration('2', 'ALTER TABLE "one" ADD COLUMN "m" int')

function describeMigrations(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())
  beforeEach(() =>
    store.exclusively((session) => session.script('DROP SCHEMA public CASCADE; CREATE SCHEMA public')),
  )
  const rows = (sql: string) => store.exclusively((session) => session.rows(sql))

  it('applies what is pending, once', async () => {
    expect(await migrate(store, [first])).toEqual(['1'])
    expect(await migrate(store, [first, second])).toEqual(['2'])
    expect(await migrate(store, [first, second])).toEqual([])
    expect(await rows('SELECT * FROM "one"')).toEqual([{ n: 1, m: null }])
  })

  it('keeps neither the effect nor the record of a migration that fails', async () => {
    const broken = migration('2', 'CREATE TABLE "two" ("n" int); INSERT INTO "missing" VALUES (1)')
    await expect(migrate(store, [first, broken])).rejects.toMatchObject({ code: 'migration_failed' })
    expect(await rows('SELECT "migration_name" FROM "_prisma_migrations"')).toEqual([{ migration_name: '1' }])
    expect(await rows(`SELECT to_regclass('two') AS "two"`)).toEqual([{ two: null }])
    expect(await migrate(store, [first, second])).toEqual(['2'])
  })

  it('refuses a migration that was changed after it was applied', async () => {
    await migrate(store, [first])
    const changed = { ...first, checksum: 'other' }
    await expect(migrate(store, [changed, second])).rejects.toMatchObject({ code: 'migration_changed' })
    expect(await rows('SELECT "migration_name" FROM "_prisma_migrations"')).toHaveLength(1)
  })

  it('refuses the database of a newer version', async () => {
    await migrate(store, [first, second])
    await expect(migrate(store, [first])).rejects.toMatchObject({ code: 'database_newer' })
  })

  it('applies the ones of the product, and several processes may do so at once', async () => {
    const migrations = await readMigrations(join(projectRoot(), 'prisma', 'migrations'))
    const applied = await Promise.all([1, 2, 3].map(() => migrate(store, migrations)))
    expect(applied.flat()).toEqual(migrations.map(({ name }) => name))
  }, 60_000)
}

describe('migrations on the embedded database', () => {
  let folder = ''
  afterAll(() => rm(folder, { recursive: true, force: true }))
  describeMigrations(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openesc-migrate-'))
    return openEmbedded(folder)
  })
})

const absent = postgresPrograms.kind === 'absent' ? `: ${postgresPrograms.reason}` : ''
describe.skipIf(absent !== '')(`migrations on a server${absent}`, () => {
  let server: Postgres
  afterAll(() => server.stop())
  describeMigrations(async () => {
    server = await startPostgres()
    return openServer(await server.createDatabase())
  })

  it('says when the server does not answer, without its address or password', async () => {
    const refused = openServer('postgresql://user:c4n4ry@127.0.0.1:1/none')
    await expect(refused).rejects.toMatchObject({ code: 'database_unreachable' })
    await expect(refused).rejects.not.toThrow(/c4n4ry|127\.0\.0\.1/)
  })
})
