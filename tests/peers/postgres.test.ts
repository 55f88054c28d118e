import { existsSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Postgres, postgresPrograms, startPostgres } from './postgres'

const reason = postgresPrograms.kind === 'absent' ? ` (${postgresPrograms.reason})` : ''

describe.skipIf(postgresPrograms.kind === 'absent')(`the throw-away PostgreSQL${reason}`, () => {
  let server: Postgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server?.stop())

  async function ask(url: string, sql: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  it('gives every caller an empty database of its own', async () => {
    const [first, second] = [await server.createDatabase(), await server.createDatabase()]
    await ask(first, 'create table t (x int)')
    await expect(ask(second, 'select * from t')).rejects.toThrow('relation "t" does not exist')
  })

  it('refuses another password', async () => {
    const wrong = server.url.replace('throw-away', 'wrong')
    await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed')
  })

  it('leaves nothing behind', async () => {
    const other = await startPostgres()
    const [row] = await ask(other.url, "select current_setting('data_directory') as folder")
    const folder = row instanceof Object && 'folder' in row ? String(row.folder) : ''
    expect(existsSync(folder)).toBe(true)
    await other.stop()
    expect(existsSync(folder)).toBe(false)
    await expect(ask(other.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })
})
