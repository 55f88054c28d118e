/** Databases that only a function inside their network reaches: the function is called signed, and told what to set. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type StrictAws, startStrictAws } from '@/tests/peers/strict-aws'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'
import { makeWorld, type World } from './world'

const manager = { accessKeyId: 'AKIAMANAGERMANAGER00', secretAccessKey: 'canary-manager' }
const denied = { accessKeyId: 'AKIADENIEDDENIED0000', secretAccessKey: 'canary-denied' }
const arn = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`
const payloadShape = z.strictObject({
  type: z.enum(['postgres', 'mysql']),
  host: z.literal('db.internal'),
  port: z.literal(5432),
  database: z.literal('shop'),
  managingUser: z.strictObject({
    username: z.literal('manager'),
    password: z.literal('canary-database'),
    newPassword: z.null(),
  }),
  rotateUser: z.strictObject({ username: z.string(), password: z.null(), newPassword: z.string() }),
})

let bench: ProviderBench
let world: World
let aws: StrictAws
const passwords = new Map<string, string>()

beforeAll(async () => {
  bench = await startProviderBench()
  world = await makeWorld()
  aws = await startStrictAws({
    users: [
      { name: 'manager', ...manager },
      { name: 'denied', ...denied, denied: ['lambda:InvokeFunction'] },
    ],
    functions: {
      [arn('good')]: (payload) => {
        const { rotateUser } = payloadShape.parse(payload)
        passwords.set(rotateUser.username, rotateUser.newPassword)
        return { code: 200 }
      },
      [arn('refuses')]: (payload) => ({ code: 500, message: JSON.stringify(payload) }),
      [arn('throws')]: (payload) => {
        throw new Error(JSON.stringify(payload))
      },
      [arn('odd')]: () => 'canary',
    },
  })
  process.env.AWS_ENDPOINT_URL = aws.url
})

afterAll(async () => {
  await aws.stop()
  await bench.close()
})

interface Changes {
  name?: string
  login?: typeof manager
}

const definition = (kind: string, { name = 'good', login = manager }: Changes = {}) => `values:
  it:
    fn::rotate::${kind}:
      inputs:
        database:
          host: db.internal
          port: 5432
          database: shop
          managingUser: { username: manager, password: { fn::secret: canary-database } }
          connector:
            awsLambda:
              login: { accessKeyId: ${login.accessKeyId}, secretAccessKey: { fn::secret: ${login.secretAccessKey} } }
              lambdaArn: ${arn(name)}
        rotateUsers: { username1: app_1, username2: app_2 }
`

const user = z.object({ username: z.string(), password: z.string() })
const stateShape = z.object({ current: user, previous: user.optional() })

describe.each(['postgres', 'mysql'])('%s through a function', (kind) => {
  it('sets the passwords that the environment opens to', async () => {
    await world.add(kind, definition(kind))
    for (const expected of ['app_1', 'app_2', 'app_1']) {
      expect(await world.rotate(kind)).toMatchObject({ status: 'succeeded' })
      const { current, previous } = stateShape.parse(await world.open(kind))
      expect(current.username).toBe(expected)
      for (const each of [current, previous]) {
        expect(each && passwords.get(each.username)).toBe(each?.password)
      }
    }
    expect(aws.requests.at(-1)).toMatchObject({ service: 'lambda', status: 200 })
  })

  it.each<[string, Changes, string]>([
    ['refuses', { name: 'refuses' }, 'ConnectorFailed'],
    ['throws', { name: 'throws' }, 'ConnectorFailed'],
    ['odd', { name: 'odd' }, 'ConnectorFailed'],
    ['absent', { name: 'absent' }, 'ResourceNotFoundException'],
    ['denied', { login: denied }, 'AccessDeniedException'],
    ['forged', { login: { ...manager, secretAccessKey: 'canary-wrong' } }, 'InvalidSignatureException'],
  ])('says what is the matter, and nothing secret: %s', async (name, changes, code) => {
    await world.add(`${kind}-${name}`, definition(kind, changes))
    const before = new Map(passwords)
    const event = await world.rotate(`${kind}-${name}`)
    expect(event).toMatchObject({ status: 'failed' })
    expect(event.results[0]?.errorMessage).toContain(code)
    expect(JSON.stringify(event)).not.toContain('canary')
    expect(passwords).toEqual(before)
  })
})
