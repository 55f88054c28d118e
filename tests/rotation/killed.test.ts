/**
 * A rotation that is killed with SIGKILL between any two effects: one credential works at any time, the next rotation
 * recovers, nothing is left behind, and the audit log tells the story.
 */
import type { ChildProcess } from 'node:child_process'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { database } from '@/lib/db'
import { type Postgres, postgresPrograms, startPostgres } from '@/tests/peers/postgres'
import { type StrictAws, startStrictAws } from '@/tests/peers/strict-aws'
import { type TemporaryDatabase, temporaryDatabase } from '@/tests/support/database'
import { rotateInChild } from './killed'
import { makeWorld, type World } from './world'

// Before anything asks for the configuration, which is parsed once.
process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.1/32'

const absent = postgresPrograms.kind === 'absent' ? `: ${postgresPrograms.reason}` : ''
const seconds = 120_000

const steps = [
  'before reading the journal',
  'before planning',
  'before keeping the plan',
  'after keeping the plan',
  'before keeping the state',
  'after keeping the state',
]

describe.skipIf(absent !== '')(`a rotation that is killed${absent}`, () => {
  let server: Postgres
  let databaseUrl: string
  let temporary: TemporaryDatabase
  let world: World

  beforeAll(async () => {
    server = await startPostgres()
    databaseUrl = await server.createDatabase('openesc')
    temporary = await temporaryDatabase({ databaseUrl })
    world = await makeWorld()
  })

  afterAll(async () => {
    await temporary.close()
    await server.stop()
  })

  function task(name: string, killAt = '') {
    const { person } = world
    return {
      databaseUrl,
      dataDirectory: temporary.dataDirectory,
      masterKey: temporary.masterKey,
      person: { id: person.id, login: person.login, name: person.login },
      session: person.actor.credential.id,
      environment: world.reference(name),
      killAt,
    }
  }

  async function recovers(name: string) {
    expect(await world.recover(name)).toMatchObject({ status: 'succeeded' })
    expect((await world.story(name)).slice(-4)).toEqual([
      'environment-rotation-started',
      'environment-rotation-interrupted',
      'environment-rotation-started',
      'environment-rotated succeeded',
    ])
    expect(await database().rotationStep.count()).toBe(0)
  }

  describe('of a PostgreSQL user', () => {
    const user = z.object({ username: z.string(), password: z.string() })
    const stateSchema = z.object({ current: user, previous: user.optional() })
    const name = 'killed-postgres'

    beforeAll(async () => {
      const admin = new pg.Client({ connectionString: server.url })
      await admin.connect()
      await admin.query(`CREATE USER manager CREATEROLE PASSWORD 'manager'`)
      for (const app of ['app_1', 'app_2']) await admin.query(`CREATE USER ${app}`)
      await admin.end()
      await world.add(
        name,
        `values:
  it:
    fn::rotate::postgres:
      inputs:
        database:
          { host: 127.0.0.1, port: ${server.port}, database: postgres, managingUser: { username: manager, password: { fn::secret: manager } } }
        rotateUsers: { username1: app_1, username2: app_2 }
`,
      )
      await world.rotate(name)
    })

    async function currentWorks(): Promise<string> {
      const { current } = stateSchema.parse(await world.open(name))
      const client = new pg.Client({
        host: '127.0.0.1',
        port: server.port,
        database: 'postgres',
        user: current.username,
        password: current.password,
      })
      await client.connect()
      await client.end()
      return current.username
    }

    it.each(steps)(
      '%s leaves the current password in force and recovers',
      async (killAt) => {
        const before = await currentWorks()
        expect(await rotateInChild(task(name, killAt))).toBe('SIGKILL')
        expect(await currentWorks()).toBe(before)
        await recovers(name)
        expect(await currentWorks()).not.toBe(before)
      },
      seconds,
    )

    it(
      'after its revision was written has nothing to recover',
      async () => {
        const before = await currentWorks()
        expect(await rotateInChild(task(name, 'after the revision'))).toBe('SIGKILL')
        expect(await currentWorks()).not.toBe(before)
        expect(await world.rotate(name)).toMatchObject({ status: 'succeeded' })
        expect(await currentWorks()).toBe(before)
      },
      seconds,
    )
  })

  describe('of an access key', () => {
    const key = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })
    const stateSchema = z.object({ current: key, previous: key.optional() })
    const name = 'killed-aws-iam'
    let aws: StrictAws

    beforeAll(async () => {
      const manager = { accessKeyId: 'AKIAMANAGERMANAGER00', secretAccessKey: 'manager' }
      const app = { accessKeyId: 'AKIAAPPAPPAPPAPP0000', secretAccessKey: 'made by hand' }
      aws = await startStrictAws({
        users: [
          { name: 'manager', ...manager },
          { name: 'app', ...app },
        ],
      })
      process.env.AWS_ENDPOINT_URL = aws.url
      await world.add(
        name,
        `values:
  it:
    fn::rotate::aws-iam:
      inputs:
        userArn: arn:aws:iam::123456789012:user/team/app
        login: { accessKeyId: ${manager.accessKeyId}, secretAccessKey: { fn::secret: manager } }
`,
      )
      await world.rotate(name)
      await world.rotate(name)
    })

    afterAll(() => aws.stop())

    async function currentWorks(): Promise<string> {
      const { current } = stateSchema.parse(await world.open(name))
      const client = new STSClient({ endpoint: aws.url, region: 'us-east-1', credentials: current })
      expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toContain(':user/app')
      return current.accessKeyId
    }

    async function keysAreInOrder(): Promise<void> {
      const { current, previous } = stateSchema.parse(await world.open(name))
      expect(aws.accessKeysOf('app').sort()).toEqual([current.accessKeyId, previous?.accessKeyId].sort())
    }

    it.each(steps)(
      '%s leaves the current key in force and recovers',
      async (killAt) => {
        const before = await currentWorks()
        expect(await rotateInChild(task(name, killAt))).toBe('SIGKILL')
        expect(await currentWorks()).toBe(before)
        await recovers(name)
        expect(await currentWorks()).not.toBe(before)
        await keysAreInOrder()
      },
      seconds,
    )

    it.each(['ListAccessKeys', 'DeleteAccessKey', 'CreateAccessKey'])(
      'after IAM did %s and before it could answer leaves the current key in force and recovers',
      async (action) => {
        const before = await currentWorks()
        let child: ChildProcess | undefined
        aws.beforeAnswer = async (request) => {
          if (request.action !== action || child === undefined) return
          const ended = new Promise<void>((resolve) => child?.once('exit', () => resolve()))
          child.kill('SIGKILL')
          await ended
        }
        const signal = await rotateInChild(task(name), (started) => {
          child = started
        })
        aws.beforeAnswer = undefined
        expect(signal).toBe('SIGKILL')
        expect(await currentWorks()).toBe(before)
        await recovers(name)
        expect(await currentWorks()).not.toBe(before)
        await keysAreInOrder()
      },
      seconds,
    )
  })
})
