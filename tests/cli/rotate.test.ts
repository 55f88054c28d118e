/** `esc env rotate` on a real PostgreSQL server, whole and by path, and `psql` under `esc run` with what was rotated. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { onPath } from '../peers/on-path'
import { type Postgres, postgresPrograms, startPostgres } from '../peers/postgres'
import { type Program, program } from './program'
import { service, variablesFor } from './service'

// Before anything asks for the configuration, which is parsed once.
process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.1/32'

const absent =
  postgresPrograms.kind === 'absent' ? postgresPrograms.reason : onPath('psql') ? '' : 'no psql on PATH'
const slow = 120_000
const environment = 'acme/shop/rotated'
const esc: Program = program()
const api = service()

const eventShape = z.strictObject({
  id: z.string(),
  diagnostics: z.array(z.unknown()).length(0),
  secretRotationEvent: z.strictObject({
    id: z.string(),
    environmentId: z.string(),
    created: z.iso.datetime(),
    completed: z.iso.datetime(),
    preRotationRevision: z.int(),
    postRotationRevision: z.int(),
    userID: z.string(),
    status: z.literal('succeeded'),
    rotations: z.array(
      z.strictObject({ id: z.string(), environmentPath: z.string(), status: z.literal('succeeded') }),
    ),
  }),
})

describe.skipIf(absent !== '')(`esc env rotate with PostgreSQL${absent && `: ${absent}`}`, () => {
  let server: Postgres

  beforeAll(async () => {
    server = await startPostgres()
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    await admin.query(`CREATE USER manager CREATEROLE PASSWORD 'the manager'`)
    for (const app of ['app_1', 'app_2']) await admin.query(`CREATE USER ${app}`)
    await admin.end()
  })

  afterAll(() => server?.stop())

  const run = (...words: string[]) => esc.start(words, variablesFor(api)).ended
  const definition = () => `# of the shop team
values:
  database: # renewed every Monday
    fn::rotate::postgres:
      inputs:
        database:
          host: 127.0.0.1
          port: ${server.port}
          database: postgres
          managingUser: { username: manager, password: { fn::secret: the manager } }   # who may
        rotateUsers: { username1: app_1, username2: app_2 }
  door:
    fn::rotate::password: { inputs: { length: 20 } }
  environmentVariables:
    PGHOST: 127.0.0.1
    PGPORT: "${server.port}"
    PGDATABASE: postgres
    PGUSER: \${database.current.username}
    PGPASSWORD: \${database.current.password}
`
  const call = (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `token ${api.token}`, 'content-type': 'application/json' }
    return fetch(`${api.url}/api/esc/environments/${environment}${path}`, { headers, ...init })
  }
  const text = async () => (await call('')).text()
  const opened = async (path: string) => JSON.parse((await run('open', environment, path)).stdout)
  const whoAmI = () =>
    run('run', environment, '--', 'psql', '--no-psqlrc', '-Atc', "select current_user || ' is in'")

  it(
    'rotates all of it, and psql gets in with what is current',
    async () => {
      const file = join(esc.directory, 'definition.yaml')
      writeFileSync(file, definition())
      expect(await run('env', 'init', environment)).toMatchObject({ code: 0 })
      expect(await run('env', 'edit', environment, '--file', file)).toMatchObject({ code: 0 })
      expect(await whoAmI()).toMatchObject({ stdout: '', stderr: expect.stringContaining('current') })
      const { code, stdout } = await run('env', 'rotate', environment)
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: `Environment '${environment}' rotated.\nNew revision '3' was created.\n`,
      })
      expect(await whoAmI()).toMatchObject({ code: 0, stdout: 'app_1 is in\n' })
    },
    slow,
  )

  it(
    'writes the states back and leaves what people wrote alone',
    async () => {
      const after = await text()
      const kept = definition()
        .split('\n')
        .filter((line) => !line.includes('fn::secret: the manager') && !line.includes('fn::rotate::password'))
      const lines = after.split('\n')
      expect(kept.filter((line) => !lines.includes(line))).toEqual([])
      expect(after).toContain('  # who may')
      expect(after.match(/state:/g)).toHaveLength(2)
      expect(after).not.toContain((await opened('database')).current.password)
    },
    slow,
  )

  it(
    'rotates by path, and the other one stays',
    async () => {
      const before = { database: await opened('database'), door: await opened('door') }
      const { code, stdout } = await run('env', 'rotate', environment, 'door')
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: `Environment '${environment}' rotated.\nNew revision '4' was created.\n`,
      })
      expect(await opened('database')).toEqual(before.database)
      expect((await opened('door')).previous).toBe(before.door.current)
      expect(await run('env', 'rotate', environment, 'database')).toMatchObject({ code: 0 })
      expect((await opened('database')).previous).toEqual(before.database.current)
      expect(await whoAmI()).toMatchObject({ code: 0, stdout: 'app_2 is in\n' })
    },
    slow,
  )

  it(
    'says which paths have nothing to rotate, and fails',
    async () => {
      const { stdout } = await run('env', 'rotate', environment, 'door', 'nothing')
      expect(stdout).toContain(`Environment '${environment}' rotated with errors.`)
      expect(stdout).toContain('Path: nothing, error: ')
      expect(await run('env', 'rotate', environment, 'nothing')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('no rotated secret at nothing'),
      })
    },
    slow,
  )

  it.each([{ Paths: ['door'] }, { paths: ['door'] }, { Paths: [] }, { Paths: null }])(
    'answers %j in the documented form',
    async (body) => {
      const response = await call('/rotate', { method: 'POST', body: JSON.stringify(body) })
      expect(response.status).toBe(200)
      const { secretRotationEvent } = eventShape.parse(await response.json())
      expect(secretRotationEvent.rotations.map(({ environmentPath }) => environmentPath)).toEqual(
        (body.Paths ?? body.paths)?.length ? ['door'] : ['database', 'door'],
      )
      expect(secretRotationEvent.postRotationRevision).toBe(secretRotationEvent.preRotationRevision + 1)
    },
    slow,
  )
})
