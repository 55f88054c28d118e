/** Rotators of services, against doubles that verify what they are asked. */
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { importSPKI, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { database } from '@/lib/db'
import { startAdapter } from '@/tests/peers/adapter'
import { startAzure } from '@/tests/peers/azure'
import type { AppRegistration } from '@/tests/peers/azure/graph'
import { type Double, DoubleFault, startDouble } from '@/tests/peers/double'
import { type StrictAws, startStrictAws } from '@/tests/peers/strict-aws'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'
import { makeWorld, type World } from './world'

let bench: ProviderBench
let world: World

beforeAll(async () => {
  bench = await startProviderBench()
  world = await makeWorld()
})

afterAll(() => bench.close())

describe('aws-iam', () => {
  const manager = { accessKeyId: 'AKIAMANAGERMANAGER00', secretAccessKey: 'canary-manager' }
  const key = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })
  const stateSchema = z.object({ current: key, previous: key.optional() })
  let aws: StrictAws

  beforeAll(async () => {
    aws = await startStrictAws({
      users: [
        { name: 'manager', ...manager },
        {
          name: 'reader',
          accessKeyId: 'AKIAREADERREADER0000',
          secretAccessKey: 'canary-reader',
          denied: ['iam:ListAccessKeys'],
        },
        { name: 'one', accessKeyId: 'AKIAONEBYHAND0000000', secretAccessKey: 'x' },
        { name: 'two', accessKeyId: 'AKIATWOBYHAND0000000', secretAccessKey: 'x' },
        { name: 'two', accessKeyId: 'AKIATWOBYHAND0000001', secretAccessKey: 'x' },
        { name: 'lost', accessKeyId: 'AKIALOSTBYHAND000000', secretAccessKey: 'x' },
      ],
    })
    process.env.AWS_ENDPOINT_URL = aws.url
  })

  afterAll(() => aws.stop())

  const definition = (user: string, login = manager) => `values:
  it:
    fn::rotate::aws-iam:
      inputs:
        login: { accessKeyId: ${login.accessKeyId}, secretAccessKey: { fn::secret: ${login.secretAccessKey} } }
        userArn: arn:aws:iam::123456789012:user/${user}
`
  const state = async (name: string) => stateSchema.parse(await world.open(name))

  it('keeps two keys, never touches the current one, and retires the one made by hand at its second turn', async () => {
    await world.add('iam-one', definition('one'))
    expect(await world.open('iam-one')).toBe('[unknown]')
    await world.rotate('iam-one')
    const first = await state('iam-one')
    expect(aws.accessKeysOf('one')).toEqual(['AKIAONEBYHAND0000000', first.current.accessKeyId])
    await world.rotate('iam-one')
    const second = await state('iam-one')
    expect(second.previous).toMatchObject(first.current)
    expect(aws.accessKeysOf('one')).toEqual([first.current.accessKeyId, second.current.accessKeyId])
    await world.rotate('iam-one')
    const third = await state('iam-one')
    expect(third.previous).toMatchObject(second.current)
    expect(aws.accessKeysOf('one')).toEqual([second.current.accessKeyId, third.current.accessKeyId])
  })

  it('refuses to choose between two keys that it did not make', async () => {
    await world.add('iam-two', definition('two'))
    const event = await world.rotate('iam-two')
    expect(event.results[0]?.errorMessage).toContain('AKIATWOBYHAND0000000 and AKIATWOBYHAND0000001')
    expect(aws.accessKeysOf('two')).toHaveLength(2)
  })

  it('deletes no key by hand when the current one is gone', async () => {
    await world.add('iam-lost', definition('lost'))
    await world.rotate('iam-lost')
    const { current } = await state('iam-lost')
    aws.deleteAccessKey(current.accessKeyId)
    await world.rotate('iam-lost')
    expect(aws.accessKeysOf('lost')).toEqual([
      'AKIALOSTBYHAND000000',
      (await state('iam-lost')).current.accessKeyId,
    ])
  })

  it.each([
    [
      'denied',
      'one',
      { accessKeyId: 'AKIAREADERREADER0000', secretAccessKey: 'canary-reader' },
      'AccessDenied',
    ],
    ['wrong', 'one', { ...manager, secretAccessKey: 'canary-wrong' }, 'SignatureDoesNotMatch'],
    ['nobody', 'nobody', manager, 'NoSuchEntity'],
  ])('says what is the matter: %s', async (name, user, login, code) => {
    await world.add(`iam-${name}`, definition(user, login))
    const event = await world.rotate(`iam-${name}`)
    expect(event.results[0]?.errorMessage).toContain(code)
    expect(JSON.stringify(event)).not.toContain('canary')
  })
})

describe('azure-app-secret', () => {
  const credential = z.object({ secretId: z.string(), secretValue: z.string(), expiresAt: z.string() })
  const stateSchema = z.object({ current: credential, previous: credential.optional() })
  const byHand = {
    keyId: 'by-hand',
    displayName: 'by hand',
    secretText: 'x',
    endDateTime: '2030-01-01T00:00:00Z',
  }
  const app: AppRegistration = { id: 'object-1', appId: 'target-1', passwordCredentials: [byHand] }
  let azure: Double

  beforeAll(async () => {
    azure = await startAzure({
      tenant: 'tenant-1',
      client: 'client-1',
      clientSecret: 'canary-client',
      applications: [app],
    })
    bench.redirect({
      'https://login.microsoftonline.com': azure.url,
      'https://graph.microsoft.com': azure.url,
    })
  })

  afterAll(() => azure.stop())

  const definition = ({ clientId = 'target-1', clientSecret = 'canary-client' }) => `values:
  it:
    fn::rotate::azure-app-secret:
      inputs:
        login: { clientId: client-1, tenantId: tenant-1, clientSecret: { fn::secret: ${clientSecret} } }
        clientId: ${clientId}
        lifetimeInDays: 30
`
  const ids = () => app.passwordCredentials.map(({ keyId }) => keyId)

  it('adds a secret, keeps the one before, and leaves those of others alone', async () => {
    await world.add('azure', definition({}))
    for (let turn = 0; turn < 3; turn++) await world.rotate('azure')
    const { current, previous } = stateSchema.parse(await world.open('azure'))
    expect(ids()).toEqual(['by-hand', previous?.secretId, current.secretId])
    const stored = app.passwordCredentials.find(({ keyId }) => keyId === current.secretId)
    expect(current.secretValue).toBe(stored?.secretText)
    const days = (Date.parse(current.expiresAt) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(30)
  })

  it.each([
    ['absent', { clientId: 'target-2' }, 'NotFound'],
    ['wrong', { clientSecret: 'canary-wrong' }, 'AADSTS7000215'],
  ])('says what is the matter: %s', async (name, changes, code) => {
    await world.add(`azure-${name}`, definition(changes))
    const event = await world.rotate(`azure-${name}`)
    expect(event.results[0]?.errorMessage).toContain(code)
    expect(JSON.stringify(event)).not.toContain('canary')
  })
})

describe('snowflake-user', () => {
  const rsa = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
  const manager = rsa()
  const keysOfUser: Record<string, string> = {}
  const statements: string[] = []
  let snowflake: Double

  beforeAll(async () => {
    snowflake = await startDouble(async ({ path, headers, body }) => {
      if (path !== '/api/v2/statements') throw new DoubleFault({ status: 404 })
      await verifyKeyPairToken(String(headers.authorization), manager.publicKey)
      const { statement } = z.object({ statement: z.string() }).parse(JSON.parse(body))
      statements.push(statement)
      for (const [, name = '', value = ''] of statement.matchAll(/(RSA_PUBLIC_KEY\w*) = '([^']+)'/g)) {
        keysOfUser[name] = value
      }
      return { status: 200, body: { code: '090001', message: 'Statement executed successfully.' } }
    })
    bench.redirect({ 'https://myorg-account1.snowflakecomputing.com': snowflake.url })
  })

  afterAll(() => snowflake.stop())

  async function verifyKeyPairToken(header: string, publicKey: string): Promise<void> {
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
    const fingerprint = createHash('sha256').update(der).digest('base64')
    const subject = 'MYORG-ACCOUNT1.MANAGER'
    const expected = { subject, issuer: `${subject}.SHA256:${fingerprint}`, algorithms: ['RS256'] }
    const key = await importSPKI(publicKey, 'RS256')
    await jwtVerify(header.replace('Bearer ', ''), key, expected).catch(() => {
      throw new DoubleFault({ status: 401, body: { code: '390144', message: 'JWT token is invalid.' } })
    })
  }

  const definition = (privateKey: string, user: string) => `values:
  it:
    fn::rotate::snowflake-user:
      inputs:
        login:
          account: myorg-account1
          user: manager
          privateKey: { fn::secret: ${JSON.stringify(privateKey)} }
        targetUser: ${JSON.stringify(user)}
`
  const outputs = z.object({
    account: z.string(),
    user: z.string(),
    privateKey: z.string(),
    rotatedAt: z.string(),
  })
  const publicText = (pem: string) =>
    createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64')

  it('gives the new key the first place and the one before the second', async () => {
    await world.add('snow', definition(manager.privateKey, 'svc'))
    await world.rotate('snow')
    const first = outputs.parse(await world.open('snow'))
    expect(first).toMatchObject({ account: 'myorg-account1', user: 'svc' })
    expect(keysOfUser).toEqual({ RSA_PUBLIC_KEY: publicText(first.privateKey) })
    await world.rotate('snow')
    const second = outputs.parse(await world.open('snow'))
    expect(keysOfUser).toEqual({
      RSA_PUBLIC_KEY: publicText(second.privateKey),
      RSA_PUBLIC_KEY_2: publicText(first.privateKey),
    })
  })

  it('S08: quotes the name of the user', async () => {
    await world.add('snow-hostile', definition(manager.privateKey, `a"; DROP USER b; --`))
    await world.rotate('snow-hostile')
    expect(statements.at(-1)).toContain(`ALTER USER "a""; DROP USER b; --" SET`)
  })

  it('says what is the matter with a wrong key', async () => {
    await world.add('snow-wrong', definition(rsa().privateKey, 'svc'))
    const event = await world.rotate('snow-wrong')
    expect(event.results[0]?.errorMessage).toContain('390144')
    expect(JSON.stringify(event)).not.toContain('PRIVATE KEY')
  })
})

describe('external', () => {
  let adapter: Double

  beforeAll(async () => {
    let turn = 0
    const url = 'https://adapter.example.com/rotate'
    adapter = await startAdapter({
      issuer: bench.issuer,
      url,
      organization: 'acme',
      answer(body) {
        const { request } = z.object({ request: z.record(z.string(), z.unknown()) }).parse(body)
        if (request.refuse) return { status: 201, body: { token: 'canary' } }
        if (request.busy) return { status: 503 }
        return { status: 200, body: { token: `token-${++turn}` } }
      },
    })
    bench.redirect({ 'https://adapter.example.com': adapter.url })
  })

  afterAll(() => adapter.stop())

  const definition = (request: string) => `values:
  it:
    fn::rotate::external:
      inputs: { url: "https://adapter.example.com/rotate", request: ${request} }
`

  it('tells the adapter its last state and keeps what it answers', async () => {
    await world.add('external', definition('{ name: db }'))
    await world.rotate('external')
    expect(await world.open('external')).toEqual({ current: { token: 'token-1' } })
    await world.rotate('external')
    expect(await world.open('external')).toEqual({ current: { token: 'token-2' } })
    expect(adapter.requests.map(({ body }) => JSON.parse(body))).toEqual([
      { request: { name: 'db' }, state: null },
      { request: { name: 'db' }, state: { current: { token: 'token-1' } } },
    ])
    expect(await world.text('external')).not.toContain('token-')
  })

  it('takes nothing but status 200 for success', async () => {
    await world.add('external-refused', definition('{ refuse: true }'))
    const event = await world.rotate('external-refused')
    expect(event.results[0]?.errorMessage).toContain('201')
    expect(JSON.stringify(event)).not.toContain('canary')
  })

  it('is called once in a rotation, even where it says that it is busy', async () => {
    await world.add('external-busy', definition('{ busy: true }'))
    adapter.requests.length = 0
    const event = await world.rotate('external-busy')
    expect(event.results[0]?.errorMessage).toContain('503')
    expect(adapter.requests).toHaveLength(1)
  })

  it('records the identity tokens that a rotation gives out', async () => {
    const audience = 'registry.example.com'
    const token = `{ fn::open::oidc: { audience: ${audience}, identityToken: { version: v2 } } }`
    await database().organization.updateMany({ data: { identityTokens: true } })
    await world.add('external-token', definition(`{ token: ${token} }`))
    const issued = { event: 'environment-oidc-token-issued' }
    const before = await database().auditEvent.count({ where: issued })
    expect(await world.rotate('external-token')).toMatchObject({ status: 'succeeded' })
    expect(await database().auditEvent.count({ where: issued })).toBe(before + 1)
  })
})
