import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsCli, type CleanHome, cleanHome, mustRun } from '../aws-cli'
import { startTestIssuer, type TestIssuer, type TokenOptions } from '../test-issuer'
import { type StrictAws, startStrictAws } from '.'

const title =
  awsCli.kind === 'found'
    ? `the real aws program against strict-aws ${mustRun}`
    : `the real aws program against strict-aws ${mustRun} (${awsCli.reason})`

describe.skipIf(awsCli.kind === 'absent')(title, () => {
  let issuer: TestIssuer
  let peer: StrictAws
  let person: CleanHome

  beforeAll(async () => {
    issuer = await startTestIssuer()
    const name = issuer.issuer.replace('http://', '')
    peer = await startStrictAws({
      providers: [{ issuer: issuer.issuer, clientIds: ['aws:acme'] }],
      buckets: ['alpha', 'beta'],
      roles: [
        {
          name: 'esc',
          trustPolicy: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${name}` },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: { StringEquals: { [`${name}:sub`]: 'pulumi:environments:org:acme:env:shop/dev' } },
            },
          },
        },
      ],
    })
    person = cleanHome({ AWS_ENDPOINT_URL: peer.url, AWS_DEFAULT_REGION: 'us-east-1' })
  })

  afterAll(async () => {
    person?.remove()
    await peer?.stop()
    await issuer?.stop()
  })

  const exchangeArguments = (token: string, role = peer.roleArn('esc')) => [
    ...['sts', 'assume-role-with-web-identity', '--role-session-name', 'esc', '--output', 'json'],
    ...['--role-arn', role, '--web-identity-token', token],
  ]

  async function credentials(): Promise<Record<string, string>> {
    const { stdout } = await aws(exchangeArguments(await issuer.token()), person)
    const { Credentials } = JSON.parse(stdout)
    return {
      AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials.SessionToken,
    }
  }

  it('has nothing to sign with at first', async () => {
    const { AWS_DEFAULT_REGION: _, ...env } = person.env
    const configured = await aws(['configure', 'list'], { env })
    expect(configured.stdout.match(/<not set>/g)).toHaveLength(4)
    const listed = await aws(['s3', 'ls'], person)
    expect(listed.code).not.toBe(0)
    expect(listed.stderr).toContain('Unable to locate credentials')
  })

  it('lists the buckets with exchanged credentials until they expire', async () => {
    const env = { ...person.env, ...(await credentials()) }
    const listed = await aws(['s3', 'ls', '--query', 'Buckets[].Name'], { env })
    expect(listed.stderr).toBe('')
    expect(listed.stdout).toMatch(/alpha\n.*beta/)
    const identity = await aws(['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'], { env })
    expect(identity.stdout.trim()).toBe('arn:aws:sts::123456789012:assumed-role/esc/esc')
    peer.expireSessions()
    expect((await aws(['s3', 'ls'], { env })).stderr).toContain('ExpiredToken')
    expect((await aws(['sts', 'get-caller-identity'], { env })).stderr).toContain('ExpiredToken')
  })

  it.each([
    ['another secret', { AWS_SECRET_ACCESS_KEY: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an empty session token', { AWS_SESSION_TOKEN: '' }, 'InvalidToken'],
    ['an unknown key', { AWS_ACCESS_KEY_ID: 'ASIAUNKNOWN000000000' }, 'InvalidAccessKeyId'],
  ])('is refused with %s', async (_, spoiled, code) => {
    const env = { ...person.env, ...(await credentials()), ...spoiled }
    const { code: status, stderr } = await aws(['s3', 'ls'], { env })
    expect(status).not.toBe(0)
    expect(stderr).toContain(code)
  })

  it.each<[string, TokenOptions, string]>([
    ['another audience', { claims: { aud: 'aws:other' } }, '(InvalidIdentityToken)'],
    ['another subject', { claims: { sub: 'pulumi:environments:org:other:env:shop/dev' } }, '(AccessDenied)'],
    ['a forged signature', { signedBy: 'forged' }, '(InvalidIdentityToken)'],
    ['an expired token', { claims: { exp: 1 } }, '(ExpiredTokenException)'],
  ])('is refused with %s', async (_, options, code) => {
    const { code: status, stderr } = await aws(exchangeArguments(await issuer.token(options)), person)
    expect(status).not.toBe(0)
    expect(stderr).toContain(code)
  })

  it('exchanges the token itself when pointed at a file', async () => {
    const file = join(person.home, 'token')
    writeFileSync(file, await issuer.token())
    const web = {
      AWS_ROLE_ARN: peer.roleArn('esc'),
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
      AWS_ROLE_SESSION_NAME: 'file',
    }
    const { stdout } = await aws(['s3', 'ls'], { env: { ...person.env, ...web } })
    expect(stdout).toContain('alpha')
  })
})
