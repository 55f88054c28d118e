/**
 * One set of tokens before two judges: strict-aws, which is ours, and Ceph's object gateway, which is not. Both fetch
 * the issuer's documents from the product's own routes; both must accept and refuse the same tokens.
 */
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { decodeJwt, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { publishedKeys, signingKey } from '@/lib/oidc/keys'
import { type IdentityTokenRequest, mintIdentityToken } from '@/lib/oidc/token'
import { awsCli, aws as awsProgram, cleanHome } from '@/tests/peers/aws-cli'
import { type Radosgw, radosgwPrograms, startRadosgw } from '@/tests/peers/radosgw'
import { type StrictAws, startStrictAws } from '@/tests/peers/strict-aws'
import { startTestIssuer } from '@/tests/peers/test-issuer'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'

const absent = radosgwPrograms.kind === 'absent' ? `: ${radosgwPrograms.reason}` : ''
const seconds = 120_000

interface Judge {
  endpoint: string
  role: string
}

const caller = {
  organization: 'acme',
  rootEnvironment: 'shop/dev',
  currentEnvironment: 'shop/dev',
  userLogin: 'jane',
  tokenType: 'personal',
  audience: 'aws:acme',
} as const

async function minted(changes: Partial<IdentityTokenRequest> = {}): Promise<string> {
  return (await mintIdentityToken({ ...caller, ...changes })).token
}

/** Signed by our own key, with other claims than we would ever sign. */
async function spoiled(changes: JWTPayload, header: { kid?: string } = {}): Promise<string> {
  const { kid, privateKey } = await signingKey('v1')
  const claims = { ...decodeJwt(await minted()), ...changes }
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT', ...header }).sign(privateKey)
}

/** @param kid of our own key unless given */
async function forged(kid?: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256')
  return new SignJWT(decodeJwt(await minted()))
    .setProtectedHeader({ alg: 'RS256', kid: kid ?? (await signingKey('v1')).kid, typ: 'JWT' })
    .sign(privateKey)
}

/** The payload of another token under a signature that is good for the first. */
async function exchangedPayload(): Promise<string> {
  const [header, , signature] = (await minted({ rootEnvironment: 'shop/other' })).split('.')
  const [, payload] = (await minted()).split('.')
  return [header, payload, signature].join('.')
}

/** HMAC with what everybody may read as the secret. */
async function confused(): Promise<string> {
  const [key] = await publishedKeys('v1')
  const secret = Buffer.from(key?.x5c?.[0] ?? '', 'base64')
  const { kid } = await signingKey('v1')
  return new SignJWT(decodeJwt(await minted())).setProtectedHeader({ alg: 'HS256', kid }).sign(secret)
}

async function fromAnotherIssuer(): Promise<string> {
  const other = await startTestIssuer()
  const token = await other.token()
  await other.stop()
  return token
}

const now = () => Math.floor(Date.now() / 1000)

const tokens: [string, () => Promise<string>, 'accepted' | 'refused'][] = [
  ['a good token', () => minted(), 'accepted'],
  ['a good token of another person', () => minted({ userLogin: 'joe' }), 'accepted'],
  ['a good token that dies within minutes', () => minted({ lifetimeSeconds: 300 }), 'accepted'],
  ['a forged token', () => forged(), 'refused'],
  ['a forged token of a key that nobody published', () => forged('unknown'), 'refused'],
  ['a token with the payload of another', exchangedPayload, 'refused'],
  [
    'a token without a signature',
    async () => new UnsecuredJWT(decodeJwt(await minted())).encode(),
    'refused',
  ],
  ['a token signed with the public key as a secret', confused, 'refused'],
  ['an expired token', () => minted({ lifetimeSeconds: -60 }), 'refused'],
  ['a token that is not valid yet', () => spoiled({ nbf: now() + 3600 }), 'refused'],
  ['a token for another audience', () => minted({ audience: 'aws:other' }), 'refused'],
  ['a token for another provider', () => minted({ audience: 'gcp:acme' }), 'refused'],
  ['a token of another environment', () => minted({ rootEnvironment: 'shop/other' }), 'refused'],
  [
    'a token of an environment whose name begins alike',
    () => minted({ rootEnvironment: 'shop/dev2' }),
    'refused',
  ],
  ['a token of another organization', () => minted({ organization: 'other' }), 'refused'],
  ['a token of another issuer', fromAnotherIssuer, 'refused'],
  ['a token that names another issuer', () => spoiled({ iss: 'https://example.com/oidc' }), 'refused'],
  ['text that is no token', async () => 'nonsense', 'refused'],
]

describe.skipIf(absent !== '')(`S07: identity tokens before strict-aws and radosgw${absent}`, () => {
  let bench: ProviderBench
  let strict: StrictAws
  let gateway: Radosgw
  let judges: { strict: Judge; gateway: Judge }

  beforeAll(async () => {
    bench = await startProviderBench()
    gateway = await startRadosgw()
    strict = await startStrictAws(account(bench))
    const [key] = await publishedKeys('v1')
    const role = await gateway.trust({
      issuer: bench.issuer,
      thumbprint: Buffer.from(key?.x5t ?? '', 'base64url')
        .toString('hex')
        .toUpperCase(),
      audience: 'aws:acme',
      subject: bench.subject,
      role: 'openesc',
    })
    judges = {
      strict: { endpoint: strict.url, role: strict.roleArn('openesc') },
      gateway: { endpoint: gateway.url, role },
    }
  }, seconds)

  afterAll(async () => {
    await strict?.stop()
    await gateway?.stop()
    await bench?.close()
  }, seconds)

  async function exchange({ endpoint, role }: Judge, token: string) {
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
    const client = new STSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
    const command = { RoleArn: role, RoleSessionName: 'judge', WebIdentityToken: token }
    return client.send(new AssumeRoleWithWebIdentityCommand(command))
  }

  async function verdict(judge: Judge, token: string): Promise<string> {
    return exchange(judge, token).then(
      () => 'accepted',
      (error) => {
        const status = error?.$metadata?.httpStatusCode
        return status >= 400 && status < 500 ? 'refused' : `${error}`
      },
    )
  }

  it.each(tokens)('%s', async (_, make, expected) => {
    const token = await make()
    const [ours, theirs] = await Promise.all([verdict(judges.strict, token), verdict(judges.gateway, token)])
    expect({ 'strict-aws': ours, radosgw: theirs }).toEqual({ 'strict-aws': expected, radosgw: expected })
  })

  it('the one known difference: the gateway tries every published key, whichever the token names', async () => {
    const token = await spoiled({}, { kid: 'unknown' })
    expect(await verdict(judges.strict, token)).toBe('refused')
    expect(await verdict(judges.gateway, token)).toBe('accepted')
  })

  it('the gateway says who it let in', async () => {
    const { SubjectFromWebIdentityToken, Audience } = await exchange(judges.gateway, await minted())
    expect({ SubjectFromWebIdentityToken, Audience }).toEqual({
      SubjectFromWebIdentityToken: bench.subject,
      Audience: 'aws:acme',
    })
  })

  const reason = awsCli.kind === 'absent' ? ` (${awsCli.reason})` : ''
  it.skipIf(awsCli.kind === 'absent')(
    `aws-login opens credentials that the gateway takes${reason}`,
    async () => {
      process.env.AWS_ENDPOINT_URL = gateway.url
      const { values, errors } = await bench.open(`values:
  login:
    fn::open::aws-login:
      oidc: { roleArn: ${JSON.stringify(judges.gateway.role)}, sessionName: openesc, duration: 1h }
  env:
    AWS_ACCESS_KEY_ID: \${login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${login.secretAccessKey}
    AWS_SESSION_TOKEN: \${login.sessionToken}
`)
      expect(errors).toEqual([])
      const person = cleanHome({ AWS_ENDPOINT_URL: gateway.url, AWS_DEFAULT_REGION: 'us-east-1' })
      const env = { ...person.env, ...z.record(z.string(), z.string()).parse(values.env) }
      expect(await awsProgram(['s3', 'mb', 's3://judged'], { env })).toMatchObject({ code: 0 })
      expect((await awsProgram(['s3', 'ls'], { env })).stdout).toContain('judged')
      person.remove()
    },
  )
})

function account({ issuer, subject }: ProviderBench): Parameters<typeof startStrictAws>[0] {
  const name = issuer.replace('http://', '')
  return {
    providers: [{ issuer, clientIds: ['aws:acme'] }],
    roles: [
      {
        name: 'openesc',
        trustPolicy: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${name}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { [`${name}:sub`]: subject } },
          },
        },
      },
    ],
  }
}
