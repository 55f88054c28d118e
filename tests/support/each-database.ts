/** Tests that must hold on both databases: the embedded one and a PostgreSQL server. */
import { afterAll, beforeAll, describe } from 'vitest'
import { type Postgres, postgresPrograms, startPostgres } from '../peers/postgres'
import { type TemporaryDatabase, temporaryDatabase } from './database'

export type DatabaseKind = 'embedded' | 'server'

/** Runs `tests` once on each database, each time in an empty one; the server's are skipped where it is absent. */
export function describeOnEachDatabase(title: string, tests: (kind: DatabaseKind) => void): void {
  const absent = absenceOfServer()
  describe(`${title} (embedded database)`, () => inDatabase('embedded', tests))
  describe.skipIf(absent !== '')(`${title} (server database${absent})`, () => inDatabase('server', tests))
}

function absenceOfServer(): string {
  if (process.env.OPENESC_TEST_DATABASES === 'embedded') return ': only the embedded one was asked for'
  return postgresPrograms.kind === 'absent' ? `: ${postgresPrograms.reason}` : ''
}

function inDatabase(kind: DatabaseKind, tests: (kind: DatabaseKind) => void): void {
  let server: Postgres | undefined
  let temporary: TemporaryDatabase | undefined
  beforeAll(async () => {
    server = kind === 'server' ? await startPostgres() : undefined
    temporary = await temporaryDatabase({ databaseUrl: await server?.createDatabase() })
  })
  afterAll(async () => {
    await temporary?.close()
    await server?.stop()
  })
  tests(kind)
}
