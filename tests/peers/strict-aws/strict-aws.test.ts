import { randomUUID } from 'node:crypto'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestIssuer, type TestIssuer } from '../test-issuer'
import { type StrictAws, startStrictAws, type TrustPolicy } from '.'

let issuer: TestIssuer
let aws: StrictAws

beforeAll(async () => {
  issuer = await startTestIssuer()
  aws = await startStrictAws({
    providers: [{ issuer: issuer.issuer, clientIds: ['aws:acme'] }],
    roles: [
      {
        name: 'ci',
        path: '/team/',
        trustPolicy: webIdentityTrust('pulumi:environments:org:acme:env:shop/*'),
      },
      { name: 'long', trustPolicy: webIdentityTrust('*'), maxSessionDuration: 43200 },
      { name: 'chained', trustPolicy: chainTrust(), maxSessionDuration: 43200 },
    ],
    users: [{ name: 'minter', accessKeyId: 'AKIAMINTERMINTER0000', secretAccessKey: 'minter-secret' }],
    buckets: ['alpha', 'beta'],
  })
})

afterAll(async () => {
  await aws.stop()
  await issuer.stop()
})

function webIdentityTrust(subject: string): TrustPolicy {
  const name = issuer.issuer.replace('http://', '')
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${name}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${name}:aud`]: 'aws:acme' }, StringLike: { [`${name}:sub`]: subject } },
    },
  }
}

function chainTrust(): TrustPolicy {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::123456789012:role/long', 'arn:aws:iam::123456789012:user/minter'] },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'external' } },
    },
  }
}

/** Sends AssumeRoleWithWebIdentity as a form; parameters set to undefined are left out. */
async function exchange(
  parameters: Record<string, string | undefined>,
): Promise<{ status: number; xml: string }> {
  const form = {
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: aws.roleArn('ci'),
    RoleSessionName: 'session',
    ...parameters,
  }
  const sent = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const response = await fetch(aws.url, { method: 'POST', body: new URLSearchParams(sent) })
  return { status: response.status, xml: await response.text() }
}

describe('AssumeRoleWithWebIdentity', () => {
  it('answers a good token with a session', async () => {
    const { status, xml } = await exchange({ WebIdentityToken: await issuer.token() })
    expect(status).toBe(200)
    expect(xml).toContain('<SubjectFromWebIdentityToken>pulumi:environments:org:acme:env:shop/dev<')
    expect(xml).toContain('<Audience>aws:acme<')
    expect(xml).toContain('<Arn>arn:aws:sts::123456789012:assumed-role/ci/session<')
    expect(xml).toMatch(/<AssumedRoleId>AROA[A-Z2-7]{17}:session</)
    expect(xml).toMatch(/<AccessKeyId>ASIA[A-Z2-7]{16}</)
    expect(xml).toMatch(/<Expiration>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ</)
  })

  it.each<[string, Record<string, string | undefined>, string]>([
    [
      'a missing session name',
      { RoleSessionName: undefined },
      "'roleSessionName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a long session name',
      { RoleSessionName: 'x'.repeat(65) },
      'Member must have length less than or equal to 64',
    ],
    [
      'a session name with a blank',
      { RoleSessionName: 'a b' },
      'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    ],
    ['a short duration', { DurationSeconds: '899' }, 'Member must have value greater than or equal to 900'],
    ['a short role', { RoleArn: 'garbage' }, 'Member must have length greater than or equal to 20'],
    ['a missing token', { WebIdentityToken: undefined }, "'webIdentityToken' failed to satisfy constraint"],
    [
      'a duration over the role maximum',
      { DurationSeconds: '7200' },
      'exceeds the MaxSessionDuration set for this role.',
    ],
  ])('refuses %s as ValidationError', async (_, parameters, message) => {
    const { status, xml } = await exchange({ WebIdentityToken: await issuer.token(), ...parameters })
    expect(status).toBe(400)
    expect(xml).toContain('<Type>Sender</Type><Code>ValidationError</Code>')
    expect(unescaped(xml)).toContain(message)
  })

  it('grants twelve hours where the role allows them', async () => {
    const parameters = { RoleArn: aws.roleArn('long'), DurationSeconds: '43200' }
    const { xml } = await exchange({ WebIdentityToken: await issuer.token(), ...parameters })
    const expiration = Date.parse(/<Expiration>(.*)<\/Expiration>/.exec(xml)?.[1] ?? '')
    expect((expiration - Date.now()) / 1000).toBeGreaterThan(43190)
  })

  it.each([
    ['text that is not JSON', 'nonsense', 'MalformedPolicyDocument'],
    ['a document without statements', '{"Version":"2012-10-17"}', 'MalformedPolicyDocument'],
  ])('refuses %s as session policy', async (_, Policy, code) => {
    expect((await exchange({ WebIdentityToken: await issuer.token(), Policy })).xml).toContain(code)
  })

  it('refuses session policies over the packed size', async () => {
    const Policy = JSON.stringify({ Statement: [{ Sid: 'x'.repeat(1990) }] })
    const arn = { 'PolicyArns.member.1.arn': `arn:aws:iam::aws:policy/${'y'.repeat(60)}` }
    const { xml } = await exchange({ WebIdentityToken: await issuer.token(), Policy, ...arn })
    expect(xml).toContain('PackedPolicyTooLarge')
  })
})

describe('an identity token', () => {
  const past = Math.floor(Date.now() / 1000) - 10

  it.each<[string, () => Promise<string> | string, number, string, string]>([
    ['that is no JWT', () => 'totally-bogus', 400, 'InvalidIdentityToken', 'is not a JWT'],
    [
      'without a subject',
      () => issuer.token({ claims: { sub: undefined } }),
      400,
      'InvalidIdentityToken',
      'is not a JWT',
    ],
    [
      'of an unregistered issuer',
      () => issuer.token({ claims: { iss: `${issuer.issuer}/evil` } }),
      400,
      'InvalidIdentityToken',
      'No OpenIDConnect provider found in your account for http',
    ],
    [
      'whose issuer differs by a slash',
      () => issuer.token({ claims: { iss: `${issuer.issuer}/` } }),
      400,
      'InvalidIdentityToken',
      'No OpenIDConnect provider',
    ],
    [
      'with an unknown key id',
      () => issuer.token({ header: { kid: 'other' } }),
      400,
      'InvalidIdentityToken',
      'retrieve verification key',
    ],
    ['that is forged', () => issuer.token({ signedBy: 'forged' }), 400, 'InvalidIdentityToken', 'signature'],
    [
      'that is not signed',
      () =>
        new UnsecuredJWT({
          iss: issuer.issuer,
          aud: 'aws:acme',
          sub: 's',
          exp: past + 999,
          iat: past,
        }).encode(),
      400,
      'InvalidIdentityToken',
      'none',
    ],
    [
      'that has expired',
      () => issuer.token({ claims: { exp: past } }),
      400,
      'ExpiredTokenException',
      `must be before the expiration date/time ${past}`,
    ],
    [
      'of another audience',
      () => issuer.token({ claims: { aud: 'aws:other' } }),
      400,
      'InvalidIdentityToken',
      'Incorrect token audience',
    ],
    [
      'of another organization',
      () => issuer.token({ claims: { sub: 'pulumi:environments:org:other:env:shop/dev' } }),
      403,
      'AccessDenied',
      'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    ],
  ])('%s is refused', async (_, token, status, code, message) => {
    const answer = await exchange({ WebIdentityToken: await token() })
    expect(answer.status).toBe(status)
    expect(answer.xml).toContain(`<Code>${code}</Code>`)
    expect(unescaped(answer.xml)).toContain(message)
  })

  it('for a missing role is refused as for a role that does not trust it', async () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/nobody'
    const answer = await exchange({ WebIdentityToken: await issuer.token(), RoleArn })
    expect(answer.xml).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity')
  })
})

describe('an issuer', () => {
  it.each<[string, () => Partial<TestIssuer['published']>, string]>([
    [
      'that names itself differently',
      () => ({
        discovery: { status: 200, body: { issuer: 'http://127.0.0.1/', jwks_uri: `${issuer.issuer}/jwks` } },
      }),
      'InvalidIdentityToken',
    ],
    ['without discovery', () => ({ discovery: { status: 404, body: {} } }), 'InvalidIdentityToken'],
    ['with a broken key set', () => ({ jwks: { status: 200, body: 'nonsense' } }), 'InvalidIdentityToken'],
    ['that fails', () => ({ jwks: { status: 503, body: {} } }), 'IDPCommunicationError'],
  ])('%s is refused', async (_, changes, code) => {
    const before = { ...issuer.published }
    Object.assign(issuer.published, changes())
    const answer = await exchange({ WebIdentityToken: await issuer.token() })
    Object.assign(issuer.published, before)
    expect(answer.xml).toContain(`<Code>${code}</Code>`)
  })

  it('over plain http is refused when https is required', async () => {
    const strict = await startStrictAws({
      providers: [{ issuer: issuer.issuer, clientIds: ['aws:acme'] }],
      loopbackHttp: 'refused',
    })
    const form = {
      Action: 'AssumeRoleWithWebIdentity',
      RoleArn: 'arn:aws:iam::123456789012:role/ci',
      RoleSessionName: 'session',
      WebIdentityToken: await issuer.token(),
    }
    const response = await fetch(strict.url, { method: 'POST', body: new URLSearchParams(form) })
    await strict.stop()
    expect(await response.text()).toContain('retrieve verification key')
  })
})

describe('signed calls of the SDK', () => {
  const minter = { accessKeyId: 'AKIAMINTERMINTER0000', secretAccessKey: 'minter-secret' }

  function client(credentials: {
    accessKeyId: string
    secretAccessKey: string
    sessionToken?: string
  }): STSClient {
    return new STSClient({ endpoint: aws.url, region: 'eu-west-1', credentials, maxAttempts: 1 })
  }

  async function session() {
    const answer = await client(minter).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: aws.roleArn('long'),
        RoleSessionName: `s-${randomUUID()}`,
        WebIdentityToken: await issuer.token(),
      }),
    )
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  }

  it('are attributed to the user or session that signed', async () => {
    const user = await client(minter).send(new GetCallerIdentityCommand({}))
    expect(user.Arn).toBe('arn:aws:iam::123456789012:user/minter')
    const role = await client(await session()).send(new GetCallerIdentityCommand({}))
    expect(role.Arn).toMatch(/^arn:aws:sts::123456789012:assumed-role\/long\/s-/)
  })

  it.each<[string, (good: Awaited<ReturnType<typeof session>>) => Parameters<typeof client>[0], string]>([
    ['another secret', (good) => ({ ...good, secretAccessKey: 'wrong' }), 'SignatureDoesNotMatch'],
    ['another session token', (good) => ({ ...good, sessionToken: 'wrong' }), 'InvalidClientTokenId'],
    ['no session token', ({ sessionToken: _, ...good }) => good, 'InvalidClientTokenId'],
    ['an unknown key', (good) => ({ ...good, accessKeyId: 'ASIAUNKNOWN000000000' }), 'InvalidClientTokenId'],
  ])('with %s are refused', async (_, spoil, name) => {
    const call = client(spoil(await session())).send(new GetCallerIdentityCommand({}))
    await expect(call).rejects.toMatchObject({ name })
  })

  it('without a signature are refused', async () => {
    const response = await fetch(aws.url, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'GetCallerIdentity' }),
    })
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('MissingAuthenticationToken')
  })

  it('are refused once the session has been expired', async () => {
    const credentials = await session()
    aws.expireSessions()
    const call = client(credentials).send(new GetCallerIdentityCommand({}))
    await expect(call).rejects.toMatchObject({ name: 'ExpiredToken' })
  })

  it('chain roles for an hour at most, given the external id', async () => {
    const chain = { RoleArn: aws.roleArn('chained'), RoleSessionName: 'chain', ExternalId: 'external' }
    const assumed = client(await session())
    expect((await assumed.send(new AssumeRoleCommand(chain))).AssumedRoleUser?.Arn).toContain(
      '/chained/chain',
    )
    await expect(
      assumed.send(new AssumeRoleCommand({ ...chain, DurationSeconds: 7200 })),
    ).rejects.toMatchObject({ name: 'ValidationError' })
    await expect(
      assumed.send(new AssumeRoleCommand({ ...chain, ExternalId: 'wrong' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' })
    const long = await client(minter).send(new AssumeRoleCommand({ ...chain, DurationSeconds: 7200 }))
    expect(long.Credentials?.AccessKeyId).toMatch(/^ASIA/)
  })
})

describe('what is not there', () => {
  it('is an STS error for an unknown action', async () => {
    const response = await fetch(aws.url, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'Nonsense' }),
    })
    expect(await response.text()).toContain('<Code>InvalidAction</Code>')
  })

  it('is an S3 error for another path, and an unsigned list is denied', async () => {
    expect(await (await fetch(`${aws.url}/bucket/key`, { method: 'PUT' })).text()).toContain(
      '<Error><Code>NotImplemented</Code>',
    )
    const unsigned = await fetch(aws.url)
    expect(unsigned.status).toBe(403)
    expect(await unsigned.text()).toContain('<Error><Code>AccessDenied</Code>')
  })
})

function unescaped(xml: string): string {
  return xml.replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
