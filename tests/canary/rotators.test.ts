/**
 * Every rotator against services that refuse with all that they were sent: neither the credential that it was given nor
 * a new one comes back in the result, in the log or in the audit log (S06).
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { database } from '@/lib/db'
import { listRotators } from '@/lib/rotators/registry'
import { type Double, startDouble } from '../peers/double'
import { makeWorld, type World } from '../rotation/world'
import { type ProviderBench, startProviderBench } from '../support/providers'
import { echo } from './echo'
import { type HostileDatabase, startHostileMysql, startHostilePostgres } from './hostile-databases'
import { sweepBytes } from './sweep'

const canary = 'canary-7Qz9-"quoted"'
const databaseInputs = (port: number) => `
        database:
          host: 127.0.0.1
          port: ${port}
          database: shop
          managingUser: { username: manager, password: CANARY }
        rotateUsers: { username1: app_1, username2: app_2 }`

/** Inputs with a fixed credential, for the rotators that call a service. */
const withCredential: Record<string, (ports: Record<string, number>) => string> = {
  'aws-iam': () => `
        login: { accessKeyId: AKIAREADERREADER0000, secretAccessKey: CANARY }
        userArn: arn:aws:iam::123456789012:user/app`,
  'azure-app-secret': () => `
        login: { clientId: c, tenantId: t, clientSecret: CANARY }
        clientId: d`,
  external: () => `
        url: https://adapter.example.com/rotate
        request: { password: CANARY }`,
  mysql: ({ mysql = 0 }) => databaseInputs(mysql),
  postgres: ({ postgres = 0 }) => databaseInputs(postgres),
  'snowflake-user': () => `
        login: { account: myorg-account1, user: manager, token: CANARY }
        targetUser: app`,
}

/** They make something up and tell nobody. */
const callNobody = ['passphrase', 'password']

describe('a service that refuses with what it was sent', () => {
  let bench: ProviderBench
  let world: World
  let service: Double
  let databases: Record<string, HostileDatabase>
  const printed: string[] = []

  beforeAll(async () => {
    bench = await startProviderBench()
    world = await makeWorld()
    service = await startDouble(echo(400))
    databases = { postgres: await startHostilePostgres(), mysql: await startHostileMysql() }
    process.env.AWS_ENDPOINT_URL = service.url
    const origins = [
      'https://login.microsoftonline.com',
      'https://graph.microsoft.com',
      'https://adapter.example.com',
      'https://myorg-account1.snowflakecomputing.com',
    ]
    bench.redirect(Object.fromEntries(origins.map((origin) => [origin, service.url])))
    for (const method of ['log', 'error', 'warn', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...words) => void printed.push(words.map(String).join(' ')),
      )
    }
  })

  afterAll(async () => {
    vi.restoreAllMocks()
    await service.stop()
    await Promise.all(Object.values(databases).map((each) => each.stop()))
    await bench.close()
  })

  const definition = (name: string, inputs: string) =>
    `values:\n  it:\n    fn::rotate::${name}:\n      inputs: ${inputs}\n`

  test.each(Object.keys(withCredential))('%s shows no credential', async (name) => {
    const ports = Object.fromEntries(Object.entries(databases).map(([key, { port }]) => [key, port]))
    const secret = `{ fn::secret: ${JSON.stringify(canary)} }`
    const inputs = withCredential[name]?.(ports).replace('CANARY', secret) ?? ''
    await world.add(name, definition(name, inputs))
    const event = await world.rotate(name)
    expect(event).toMatchObject({ status: 'failed' })
    expect(sweepBytes(name, Buffer.from(JSON.stringify(event)), canary)).toEqual([])
    expect(JSON.stringify(event)).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  test.each(['postgres', 'mysql'])('%s shows no new password', async (name) => {
    const event = await world.rotate(name)
    const [, made = ''] =
      /(?:WITH PASSWORD|IDENTIFIED BY) '([^']+)'/.exec(databases[name]?.heard.at(-1) ?? '') ?? []
    expect(made.length).toBeGreaterThan(20)
    expect(JSON.stringify(event)).not.toContain(made)
  })

  test.each(callNobody)('%s shows its value to nobody but who opens it', async (name) => {
    await world.add(name, definition(name, '{}'))
    const event = await world.rotate(name)
    const { current } = z.object({ current: z.string() }).parse(await world.open(name))
    const rows = await records()
    for (const text of [JSON.stringify(event), await world.text(name), rows, printed.join('\n')]) {
      expect(sweepBytes(name, Buffer.from(text), current)).toEqual([])
    }
  })

  test('every rotator is in the sweep', () => {
    const names = listRotators().map(({ name }) => name)
    expect([...Object.keys(withCredential), ...callNobody].sort()).toEqual([...names].sort())
  })

  test('nothing of it is in the log or in the audit log', async () => {
    for (const text of [await records(), printed.join('\n')]) {
      expect(sweepBytes('records', Buffer.from(text), canary)).toEqual([])
      expect(text).not.toMatch(/eyJ[\w-]+\.eyJ/)
    }
  })

  async function records(): Promise<string> {
    const rows = [await database().auditEvent.findMany(), await database().rotationEvent.findMany()]
    expect(rows[1]?.length).toBeGreaterThan(0)
    return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  }
})
