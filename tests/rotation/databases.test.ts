/** Rotation of database users on real servers: the current password always works, and so does the one before. */
import { execFileSync } from 'node:child_process'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Mariadb, mariadbPrograms, startMariadb } from '@/tests/peers/mariadb'
import { type Postgres, postgresPrograms, startPostgres } from '@/tests/peers/postgres'
import { type TemporaryDatabase, temporaryDatabase } from '@/tests/support/database'
import { makeWorld, type World } from './world'

// Before anything asks for the configuration, which is parsed once.
process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.1/32'

const credential = z.object({ username: z.string(), password: z.string() })
const stateSchema = z.object({ current: credential.optional(), previous: credential.optional() })

let temporary: TemporaryDatabase
let world: World

beforeAll(async () => {
  temporary = await temporaryDatabase()
  world = await makeWorld()
})

afterAll(() => temporary.close())

interface Server {
  kind: 'postgres' | 'mysql'
  port: number
  database: string
  connects(user: z.output<typeof credential>): Promise<boolean>
}

const none = async () => false

const hostile = `app"'; DROP TABLE t; --\``

function definition(
  { kind, port, database }: Server,
  changes: { users?: string[]; host?: string; password?: string },
) {
  const [one = '', two = ''] = changes.users ?? ['app_1', 'app_2']
  return `values:
  it: # the shop's
    fn::rotate::${kind}:
      inputs:
        database:
          host: ${changes.host ?? '127.0.0.1'}
          port: ${port}
          database: ${database}
          managingUser: { username: manager, password: { fn::secret: ${changes.password ?? 'canary-manager'} } }
        rotateUsers: { username1: ${JSON.stringify(one)}, username2: ${JSON.stringify(two)} }
`
}

async function state(name: string) {
  return stateSchema.parse(await world.open(name))
}

function rotatesUsers(serverOf: () => Server) {
  it('takes turns, and leaves the one that was current in use', async () => {
    const server = serverOf()
    const name = `${server.kind}-turns`
    await world.add(name, definition(server, {}))
    expect(await world.open(name)).toEqual({})
    expect(await world.rotate(name)).toMatchObject({ status: 'succeeded' })
    const first = await state(name)
    expect(first).toEqual({ current: { username: 'app_1', password: expect.any(String) } })
    await world.rotate(name)
    const second = await state(name)
    expect(second).toEqual({
      current: { username: 'app_2', password: expect.any(String) },
      previous: first.current,
    })
    for (const user of [second.current, second.previous]) {
      expect(user && (await server.connects(user))).toBe(true)
    }
    await world.rotate(name)
    const third = await state(name)
    expect(third.previous).toEqual(second.current)
    expect(third.current?.username).toBe('app_1')
    expect(first.current && (await server.connects(first.current))).toBe(false)
    expect(third.current && (await server.connects(third.current))).toBe(true)
    const text = await world.text(name)
    expect(text).toContain("it: # the shop's")
    for (const user of [third.current, third.previous]) expect(text).not.toContain(user?.password)
  })

  it('S08: quotes names, however hostile', async () => {
    const server = serverOf()
    const name = `${server.kind}-hostile`
    await world.add(name, definition(server, { users: [hostile, 'app_2'] }))
    expect(await world.rotate(name)).toMatchObject({ status: 'succeeded' })
    const { current } = await state(name)
    expect(current?.username).toBe(hostile)
    expect(current && (await server.connects(current))).toBe(true)
  })

  it.each<[string, Parameters<typeof definition>[1], RegExp]>([
    ['a wrong password', { password: 'canary-wrong' }, /managingUser/],
    ['users that are not there', { users: ['nobody', 'none'] }, /rotateUsers/],
    ['an address that is not allowed (S01)', { host: '127.0.0.2' }, /RefusedAddress/],
    ['the metadata service (S01)', { host: '169.254.169.254' }, /RefusedAddress/],
  ])('says what to change after %s, and nothing secret', async (why, changes, message) => {
    const server = serverOf()
    const name = `${server.kind}-${why.replace(/\W+/g, '-')}`
    await world.add(name, definition(server, changes))
    const event = await world.rotate(name)
    expect(event).toMatchObject({
      status: 'failed',
      results: [{ path: 'it', status: 'failed', errorMessage: expect.stringMatching(message) }],
    })
    expect(JSON.stringify(event)).not.toContain('canary')
    expect(event).not.toHaveProperty('postRevision')
  })
}

const noPostgres = postgresPrograms.kind === 'absent' ? `: ${postgresPrograms.reason}` : ''

describe.skipIf(noPostgres !== '')(`PostgreSQL${noPostgres}`, () => {
  let server: Postgres

  beforeAll(async () => {
    server = await startPostgres()
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    await admin.query(`CREATE USER manager CREATEROLE PASSWORD 'canary-manager'`)
    for (const user of ['app_1', 'app_2', hostile])
      await admin.query(`CREATE USER ${pg.escapeIdentifier(user)}`)
    await admin.end()
  })

  afterAll(() => server.stop())

  rotatesUsers(() => ({
    kind: 'postgres',
    port: server.port,
    database: 'postgres',
    async connects({ username, password }) {
      const connection = { host: '127.0.0.1', port: server.port, database: 'postgres' }
      const client = new pg.Client({ ...connection, user: username, password })
      return client.connect().then(
        () => client.end().then(() => true),
        () => false,
      )
    },
  }))

  const asAdmin = async (...statements: string[]) => {
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    const results = []
    for (const statement of statements) results.push(await admin.query(statement))
    await admin.end()
    return results
  }

  it.each(['scram-sha-256', 'md5'])('never shows the server a password, set to %s', async (method) => {
    const name = `postgres-${method}`
    const user = { 'scram-sha-256': 'modern', md5: 'older' }[method] ?? ''
    await asAdmin(
      `CREATE USER ${user}`,
      "ALTER SYSTEM SET log_statement = 'all'",
      `ALTER SYSTEM SET password_encryption = '${method}'`,
      'SELECT pg_reload_conf()',
    )
    await world.add(
      name,
      definition(
        { kind: 'postgres', port: server.port, database: 'postgres', connects: none },
        { users: [user, 'app_2'] },
      ),
    )
    expect(await world.rotate(name)).toMatchObject({ status: 'succeeded' })
    const { current } = await state(name)
    expect(current?.username).toBe(user)
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port: server.port, database: 'postgres' },
      ...{ user, password: current?.password },
    })
    // With SCRAM demanded by pg_hba.conf the older verifier lets nobody in; the server kept it as it is.
    if (method === 'md5') await expect(client.connect()).rejects.toThrow()
    else await client.connect()
    await client.end()
    const [kept] = await asAdmin(`SELECT rolpassword FROM pg_authid WHERE rolname = '${user}'`)
    const sent = /ALTER USER "(?:modern|older)" WITH PASSWORD '([^']+)'/g
    const logged = [...server.log().matchAll(sent)].at(-1)?.[1]
    expect(logged).toBe(kept?.rows[0]?.rolpassword)
    expect(logged).toMatch(method === 'md5' ? /^md5/ : /^SCRAM-SHA-256\$/)
    expect(server.log()).not.toContain(current?.password)
  })

  it('serves psql, which knows nothing of us', async () => {
    const { current } = await state('postgres-turns')
    const env = {
      PATH: process.env.PATH,
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
      PGDATABASE: 'postgres',
      PGUSER: current?.username,
      PGPASSWORD: current?.password,
    }
    // Next's types demand NODE_ENV, which psql does not read.
    const options = { env: { ...env, NODE_ENV: 'test' as const }, encoding: 'utf8' as const }
    expect(execFileSync('psql', ['-Atc', 'select current_user'], options).trim()).toBe('app_1')
  })
})

const noMariadb = mariadbPrograms.kind === 'absent' ? `: ${mariadbPrograms.reason}` : ''

describe.skipIf(noMariadb !== '')(`MariaDB${noMariadb}`, () => {
  let server: Mariadb

  beforeAll(async () => {
    server = await startMariadb()
    const admin = await server.connect()
    await admin.query('CREATE DATABASE shop')
    await admin.query(`CREATE USER manager IDENTIFIED BY 'canary-manager'`)
    await admin.query('GRANT CREATE USER ON *.* TO manager')
    await admin.query('GRANT ALL ON shop.* TO manager')
    for (const user of ['app_1', 'app_2', hostile]) {
      await admin.query('CREATE USER ? IDENTIFIED BY ?', [user, 'before'])
    }
    await admin.end()
  })

  afterAll(() => server.stop())

  rotatesUsers(() => ({
    kind: 'mysql',
    port: server.port,
    database: 'shop',
    connects: ({ username, password }) =>
      server.connect({ user: username, password }).then(
        (connection) => connection.end().then(() => true),
        () => false,
      ),
  }))

  it('never shows the server a password', async () => {
    const admin = await server.connect()
    await admin.query('CREATE USER unseen_1')
    await admin.query('CREATE USER unseen_2')
    await admin.query("SET GLOBAL log_output = 'TABLE'")
    await admin.query('SET GLOBAL general_log = ON')
    const at = { kind: 'mysql', port: server.port, database: 'shop', connects: none } as const
    await world.add('mysql-unseen', definition(at, { users: ['unseen_1', 'unseen_2'] }))
    expect(await world.rotate('mysql-unseen')).toMatchObject({ status: 'succeeded' })
    const { current } = await state('mysql-unseen')
    await (await server.connect({ user: current?.username ?? '', password: current?.password ?? '' })).end()
    const [rows] = await admin.query('SELECT argument FROM mysql.general_log')
    await admin.end()
    const logged = JSON.stringify(rows)
    expect(logged).toContain("ALTER USER 'unseen_1' IDENTIFIED BY PASSWORD '*")
    expect(logged).not.toContain(current?.password)
  })
})
