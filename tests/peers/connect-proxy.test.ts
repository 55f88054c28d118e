import { writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsCli, type CleanHome, cleanHome, mustRun } from './aws-cli'
import { type ConnectProxy, startConnectProxy } from './connect-proxy'
import { type StrictAws, startStrictAws } from './strict-aws'
import { createTestCa } from './test-ca'
import { startTestIssuer } from './test-issuer'

let peer: StrictAws
let proxy: ConnectProxy
let person: CleanHome

beforeAll(async () => {
  peer = await startStrictAws({
    users: [{ name: 'u', accessKeyId: 'AKIAUSERUSERUSER0000', secretAccessKey: 'user-secret' }],
    buckets: ['alpha'],
  })
  proxy = await startConnectProxy(peer)
  person = cleanHome()
  const bundle = join(person.home, 'ca.pem')
  writeFileSync(bundle, proxy.certificate)
  Object.assign(person.env, {
    HTTPS_PROXY: proxy.url,
    AWS_CA_BUNDLE: bundle,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAUSERUSERUSER0000',
    AWS_SECRET_ACCESS_KEY: 'user-secret',
  })
})

afterAll(async () => {
  person.remove()
  await proxy.stop()
  await peer.stop()
})

const reason = awsCli.kind === 'absent' ? ` (${awsCli.reason})` : ''

describe.skipIf(awsCli.kind === 'absent')(
  `the real aws program through the proxy ${mustRun}${reason}`,
  () => {
    it('reaches strict-aws under the real host names', async () => {
      const identity = await aws(['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'], person)
      expect(identity.stdout.trim()).toBe('arn:aws:iam::123456789012:user/u')
      const listed = await aws(['s3', 'ls'], person)
      expect(listed.stdout).toContain('alpha')
      expect(proxy.tunnels).toEqual([
        'sts.us-east-1.amazonaws.com:443',
        expect.stringMatching(/^s3(\.us-east-1)?\.amazonaws\.com:443$/),
      ])
      expect(peer.requests.map(({ host }) => `${host}:443`)).toEqual(proxy.tunnels)
    })

    it('does not trust the proxy without its certificate', async () => {
      const { AWS_CA_BUNDLE: _, ...env } = person.env
      const { code, stderr } = await aws(['s3', 'ls'], { env })
      expect(code).not.toBe(0)
      expect(stderr).toContain('SSL')
    })
  },
)

describe('the proxy', () => {
  function connect(target: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const request = http.request(proxy.url, { method: 'CONNECT', path: target, agent: false })
      request.on('connect', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode)
      })
      request.on('error', reject).end()
    })
  }

  it.each([
    ['s3.amazonaws.com:443', 200],
    ['example.com:443', 403],
    ['s3.amazonaws.com:80', 403],
    ['s3.amazonaws.com.example.com:443', 403],
    ['amazonaws.com:443', 403],
  ])('answers CONNECT %s with %i', async (target, status) => {
    expect(await connect(target)).toBe(status)
  })
})

describe('an https issuer with a test certificate', () => {
  it.each([
    ['is accepted when its authority is given', 'trusted', 'AssumeRoleWithWebIdentityResult'],
    ['is refused when it is not', 'unknown', 'retrieve verification key'],
  ])('%s', async (_, authority, expected) => {
    const ca = await createTestCa()
    const issuer = await startTestIssuer(await ca.issue(['localhost']))
    const name = issuer.issuer.replace('https://', '')
    const strict = await startStrictAws({
      providers: [{ issuer: issuer.issuer, clientIds: ['aws:acme'] }],
      roles: [
        {
          name: 'esc',
          trustPolicy: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${name}` },
              Action: 'sts:AssumeRoleWithWebIdentity',
            },
          },
        },
      ],
      loopbackHttp: 'refused',
      ...(authority === 'trusted' ? { issuerCa: ca.certificate } : {}),
    })
    const form = {
      Action: 'AssumeRoleWithWebIdentity',
      RoleArn: strict.roleArn('esc'),
      RoleSessionName: 'session',
      WebIdentityToken: await issuer.token(),
    }
    const response = await fetch(strict.url, { method: 'POST', body: new URLSearchParams(form) })
    expect(await response.text()).toContain(expected)
    await strict.stop()
    await issuer.stop()
  })
})
