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
})
