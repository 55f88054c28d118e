/**
 * The AWS providers and the rotator of access keys before moto: a second opinion on the protocols that strict-aws
 * speaks. Its STS believes any token, so what a token may do is judged in `tests/oidc/judges.test.ts`.
 */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Moto, motoProgram, startMoto } from '@/tests/peers/moto'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'
import { makeWorld, type World } from '../rotation/world'

const absent = motoProgram.kind === 'absent' ? `: ${motoProgram.reason}` : ''
const keySchema = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })

describe.skipIf(absent !== '')(`before moto_server${absent}`, () => {
  let bench: ProviderBench
  let moto: Moto
  let manager: z.output<typeof keySchema>

  beforeAll(async () => {
    bench = await startProviderBench()
    moto = await startMoto()
    process.env.AWS_ENDPOINT_URL = moto.url
    manager = await furnish(moto.url)
    await enforce('0')
  })

  afterAll(async () => {
    await moto?.stop()
    await bench?.close()
  })

  /** From how many calls on signatures and policies are checked. */
  async function enforce(calls: string): Promise<void> {
    const headers = { 'content-type': 'text/plain' }
    const { ok } = await fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', headers, body: calls })
    expect(ok).toBe(true)
  }

  const login = ({ accessKeyId, secretAccessKey } = manager) =>
    `{ accessKeyId: ${accessKeyId}, secretAccessKey: { fn::secret: ${JSON.stringify(secretAccessKey)} } }`

  const read = (provider: string, get: string, credentials?: typeof manager) =>
    bench.open(`values:
  it:
    fn::open::${provider}:
      login: ${login(credentials)}
      region: us-east-1
      get: ${get}
`)

  it('aws-secrets reads the current and the previous version', async () => {
    const get = '{ now: { secretId: db }, before: { secretId: db, versionStage: AWSPREVIOUS } }'
    const { values, secrets, errors } = await read('aws-secrets', get)
    expect(errors).toEqual([])
    expect(values).toEqual({ it: { now: 'two', before: 'one' } })
    expect(secrets.sort()).toEqual(['it.before', 'it.now'])
  })

  it('aws-parameter-store reads strings, lists and secure strings', async () => {
    const get =
      '{ url: { name: /shop/url }, hosts: { name: /shop/hosts }, password: { name: /shop/password, decrypt: true } }'
    const { values, errors } = await read('aws-parameter-store', get)
    expect(errors).toEqual([])
    expect(values).toEqual({ it: { url: 'https://shop', hosts: ['a', 'b'], password: 'hunter2' } })
  })

  it.each([
    ['aws-secrets', '{ a: { secretId: db } }'],
    ['aws-parameter-store', '{ a: { name: /shop/url } }'],
  ])('%s is refused with a wrong secret, and says nothing of it', async (provider, get) => {
    const { errors, values } = await read(provider, get, { ...manager, secretAccessKey: 'canary-wrong' })
    expect(errors).toHaveLength(1)
    expect(errors[0]).not.toContain('canary')
    expect(values.it).toBeUndefined()
  })

  it.each([
    ['aws-secrets', '{ mine: { secretId: absent } }', 'ResourceNotFoundException'],
    ['aws-parameter-store', '{ mine: { name: /absent } }', 'ParameterNotFound'],
  ])('%s says that something is not there', async (provider, get, code) => {
    await enforce('inf')
    const { errors } = await read(provider, get)
    await enforce('0')
    expect(errors[0]).toContain(code)
    expect(errors[0]).toContain('"mine"')
  })

  it('aws-login trades a token for credentials that the account takes', async () => {
    // Under enforcement moto fails at the unsigned call itself.
    await enforce('inf')
    const { values, secrets, errors } = await bench.open(`values:
  it:
    fn::open::aws-login:
      oidc: { roleArn: "arn:aws:iam::123456789012:role/openesc", sessionName: openesc, duration: 1h }
`)
    expect(errors).toEqual([])
    expect(secrets).toEqual(expect.arrayContaining(['it.secretAccessKey', 'it.sessionToken']))
    const credentials = keySchema.extend({ sessionToken: z.string() }).parse(values.it)
    const client = new STSClient({ endpoint: moto.url, region: 'us-east-1', credentials })
    const { Arn } = await client.send(new GetCallerIdentityCommand({}))
    expect(Arn).toBe('arn:aws:sts::123456789012:assumed-role/openesc/openesc')
    await enforce('0')
  })

  describe('aws-iam', () => {
    const stateSchema = z.object({ current: keySchema, previous: keySchema.optional() })
    let world: World

    beforeAll(async () => {
      world = await makeWorld()
      await world.add(
        'keys',
        `values:
  it:
    fn::rotate::aws-iam:
      inputs:
        login: ${login()}
        userArn: arn:aws:iam::123456789012:user/app
`,
      )
    })

    async function whoIs(credentials: z.output<typeof keySchema>): Promise<string> {
      const client = new STSClient({ endpoint: moto.url, region: 'us-east-1', credentials, maxAttempts: 1 })
      return client.send(new GetCallerIdentityCommand({})).then(
        ({ Arn }) => Arn ?? '',
        (error: Error) => error.name,
      )
    }

    it('keeps the current and the previous key in force through three turns', async () => {
      const seen: z.output<typeof keySchema>[] = []
      for (let turn = 0; turn < 3; turn++) {
        expect(await world.rotate('keys')).toMatchObject({ status: 'succeeded' })
        const { current, previous } = stateSchema.parse(await world.open('keys'))
        expect(previous?.accessKeyId).toBe(seen.at(-1)?.accessKeyId)
        seen.push(current)
        for (const key of seen.slice(-2)) expect(await whoIs(key)).toBe('arn:aws:iam::123456789012:user/app')
      }
      expect(seen[0] && (await whoIs(seen[0]))).toBe('InvalidClientTokenId')
    })
  })
})

/** An account with a manager who may do everything, a user without keys, two versions of a secret and parameters. */
async function furnish(endpoint: string): Promise<z.output<typeof keySchema>> {
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'root', secretAccessKey: 'root' },
  }
  const iam = new IAMClient(settings)
  for (const UserName of ['manager', 'app']) await iam.send(new CreateUserCommand({ UserName }))
  const everything = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }], Version: '2012-10-17' }
  for (const UserName of ['manager', 'app']) {
    const PolicyDocument = JSON.stringify(everything)
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument }))
  }
  const secrets = new SecretsManagerClient(settings)
  await secrets.send(new CreateSecretCommand({ Name: 'db', SecretString: 'one' }))
  await secrets.send(new PutSecretValueCommand({ SecretId: 'db', SecretString: 'two' }))
  const ssm = new SSMClient(settings)
  const parameters = [
    { Name: '/shop/url', Type: 'String', Value: 'https://shop' },
    { Name: '/shop/hosts', Type: 'StringList', Value: 'a,b' },
    { Name: '/shop/password', Type: 'SecureString', Value: 'hunter2' },
  ] as const
  for (const parameter of parameters) await ssm.send(new PutParameterCommand(parameter))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'manager' }))
  return keySchema.parse({ accessKeyId: AccessKey?.AccessKeyId, secretAccessKey: AccessKey?.SecretAccessKey })
}
