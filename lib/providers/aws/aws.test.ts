import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StrictAws, startStrictAws } from '@/tests/peers/strict-aws'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'

const reader = { accessKeyId: 'AKIAREADERREADER0000', secretAccessKey: 'canary-reader-secret' }
const denied = { accessKeyId: 'AKIADENIEDDENIED0000', secretAccessKey: 'canary-denied-secret' }

let bench: ProviderBench
let aws: StrictAws

beforeAll(async () => {
  bench = await startProviderBench()
  aws = await startStrictAws({
    users: [
      { name: 'reader', ...reader },
      { name: 'denied', ...denied, denied: ['ssm:GetParameter', 'secretsmanager:GetSecretValue'] },
    ],
    parameters: [
      { name: '/shop/url', type: 'String', values: ['old', 'https://shop'], labels: { before: 1 } },
      { name: '/shop/hosts', type: 'StringList', values: ['a,b,c'] },
      { name: '/shop/password', type: 'SecureString', values: ['hunter2'] },
    ],
    secrets: [
      {
        name: 'db',
        versions: [
          { id: 'v1', stages: ['AWSPREVIOUS'], text: 'one' },
          { id: 'v2', stages: ['AWSCURRENT'], text: '{"user":"u"}' },
        ],
      },
      { name: 'cert', versions: [{ id: 'v1', stages: ['AWSCURRENT'], binary: Buffer.from([0, 255]) }] },
      { name: 'gone', versions: [], deleted: true },
    ],
  })
  process.env.AWS_ENDPOINT_URL = aws.url
  // What the server itself could log in with must never be used for an environment (P10).
  process.env.AWS_ACCESS_KEY_ID = reader.accessKeyId
  process.env.AWS_SECRET_ACCESS_KEY = reader.secretAccessKey
})

afterAll(async () => {
  await aws.stop()
  await bench.close()
})

interface Call {
  provider: 'aws-secrets' | 'aws-parameter-store'
  get: string
  login?: { accessKeyId: string; secretAccessKey: string }
  region?: string
}

function open({ provider, get, login = reader, region = 'us-east-1' }: Call) {
  aws.requests.length = 0
  return bench.open(`values:
  it:
    fn::open::${provider}:
      login: { accessKeyId: ${login.accessKeyId}, secretAccessKey: { fn::secret: ${login.secretAccessKey} } }
      region: ${region}
      get: ${get}
`)
}

describe('aws-secrets', () => {
  const provider = 'aws-secrets'

  test('reads current, staged and binary secrets, all of them secret', async () => {
    const get =
      '{ a: { secretId: db }, b: { secretId: db, versionStage: AWSPREVIOUS }, c: { secretId: db, versionId: v1 }, d: { secretId: cert } }'
    const { values, secrets, errors } = await open({ provider, get })
    expect(errors).toEqual([])
    expect(values).toEqual({ it: { a: '{"user":"u"}', b: 'one', c: 'one', d: 'AP8=' } })
    expect(secrets).toEqual(['it.a', 'it.b', 'it.c', 'it.d'])
  })

  test('asks once for what is wanted twice', async () => {
    const { values } = await open({ provider, get: '{ a: { secretId: db }, b: { secretId: db } }' })
    expect(values).toEqual({ it: { a: '{"user":"u"}', b: '{"user":"u"}' } })
    expect(aws.requests).toHaveLength(1)
  })

  test.each([
    ['absent', 'ResourceNotFoundException', 'Check the name'],
    ['gone', 'InvalidRequestException', 'scheduled for deletion'],
  ])('says what is the matter with %s', async (secretId, code, advice) => {
    const { errors } = await open({ provider, get: `{ mine: { secretId: ${secretId} } }` })
    expect(errors).toEqual([expect.stringContaining(code)])
    expect(errors[0]).toContain(`"mine" (${secretId})`)
    expect(errors[0]).toContain(advice)
  })
})

describe('aws-parameter-store', () => {
  const provider = 'aws-parameter-store'

  test('reads parameters by name, version and label; a list is a list', async () => {
    const get =
      '{ url: { name: /shop/url }, old: { name: "/shop/url:1" }, before: { name: "/shop/url:before" }, hosts: { name: /shop/hosts } }'
    const { values, secrets, errors } = await open({ provider, get })
    expect(errors).toEqual([])
    expect(values).toEqual({
      it: { url: 'https://shop', old: 'old', before: 'old', hosts: ['a', 'b', 'c'] },
    })
    expect(secrets).toEqual(expect.arrayContaining(['it.url', 'it.hosts']))
  })

  test('decrypts what it is told to decrypt', async () => {
    const get = '{ plain: { name: /shop/password, decrypt: true }, sealed: { name: /shop/password } }'
    const { values } = await open({ provider, get })
    expect(values).toEqual({ it: { plain: 'hunter2', sealed: expect.not.stringContaining('hunter2') } })
  })

  test.each([
    ['/absent', 'ParameterNotFound'],
    ['/shop/url:9', 'ParameterVersionNotFound'],
  ])('says what is the matter with %s', async (name, code) => {
    const { errors } = await open({ provider, get: `{ mine: { name: "${name}" } }` })
    expect(errors[0]).toContain(code)
    expect(errors[0]).toContain(`"mine" (${name})`)
  })
})

describe.each<[Call['provider'], string]>([
  ['aws-secrets', '{ a: { secretId: db } }'],
  ['aws-parameter-store', '{ a: { name: /shop/url } }'],
])('%s', (provider, get) => {
  test.each<[string, Partial<Call>, string]>([
    ['a user without the right', { login: denied }, 'AccessDeniedException'],
    [
      'a wrong secret',
      { login: { ...reader, secretAccessKey: 'canary-wrong' } },
      'InvalidSignatureException',
    ],
    ['an unknown key', { login: { ...reader, accessKeyId: 'AKIANOBODY' } }, 'UnrecognizedClientException'],
  ])('is refused for %s, and says nothing secret', async (_, call, code) => {
    const { errors, values } = await open({ provider, get, ...call })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain(code)
    expect(errors[0]).not.toContain('canary')
    expect(values.it).toBeUndefined()
  })

  test('S05: takes no region that would be another host', async () => {
    for (const region of ['evil.example.com/#', 'us-east-1.evil', '"us-east-1@127.0.0.1"', '""']) {
      const { errors } = await open({ provider, get, region })
      expect(errors).not.toEqual([])
      expect(aws.requests).toHaveLength(0)
    }
  })

  test('wants something to read', async () => {
    expect((await open({ provider, get: '{}' })).errors).not.toEqual([])
  })
})
