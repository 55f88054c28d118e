import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../../../tests/peers/double'
import { startGcp } from '../../../tests/peers/gcp'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'
import { crc32c } from './crc32c'

const email = 'esc@project.iam.gserviceaccount.com'
let bench: ProviderBench
let gcp: Double

beforeAll(async () => {
  bench = await startProviderBench()
  gcp = await startGcp({
    project: 123,
    pool: 'esc',
    provider: 'openesc',
    trust: { issuer: bench.issuer, audience: 'gcp:acme' },
    serviceAccount: { email, principal: bench.subject },
    accessTokens: ['ya29.given-token'],
    secrets: { db: ['old', 'hunter2'], api: ['k'] },
  })
  bench.redirect({
    'https://sts.googleapis.com': gcp.url,
    'https://iamcredentials.googleapis.com': gcp.url,
    'https://secretmanager.googleapis.com': gcp.url,
  })
})

afterAll(async () => {
  await gcp.stop()
  await bench.close()
})

const oidc = (extra = '') => `oidc:
          workloadPoolId: esc
          providerId: openesc
          serviceAccount: ${email}
          ${extra}`

const definition = ({ login = oidc(), access = 'db: { name: db }', project = 123 } = {}) => `
values:
  gcp:
    login:
      fn::open::gcp-login:
        project: ${project}
        ${login}
    secrets:
      fn::open::gcp-secrets:
        login: \${gcp.login}
        access:
          ${access}
`

test('a login makes two calls, the first without credentials, and opens secrets', async () => {
  gcp.requests.length = 0
  const opened = await bench.open(
    definition({ access: 'db: { name: db }\n          old: { name: db, version: 1 }' }),
  )
  expect(opened.errors).toEqual([])
  expect(opened.values).toMatchObject({
    gcp: { login: { project: 123, tokenType: 'Bearer' }, secrets: { db: 'hunter2', old: 'old' } },
  })
  expect(opened.secrets).toEqual(
    expect.arrayContaining(['gcp.login.accessToken', 'gcp.secrets.db', 'gcp.secrets.old']),
  )
  const [exchange, impersonation, ...reads] = gcp.requests
  expect(exchange).toMatchObject({ path: '/v1/token' })
  expect(exchange?.headers.authorization).toBeUndefined()
  expect(impersonation?.path).toContain(':generateAccessToken')
  expect(reads).toHaveLength(2)
  const remaining = new Date(opened.expiries[0] ?? 0).getTime() - Date.now()
  expect(remaining / 60_000).toBeGreaterThan(58)
})

test('a given token is used as it is, or impersonates', async () => {
  const given = 'accessToken:\n          accessToken: ya29.given-token'
  const plain = await bench.open(definition({ login: given }))
  expect(plain.values).toMatchObject({
    gcp: { login: { accessToken: 'ya29.given-token' }, secrets: { db: 'hunter2' } },
  })
  const impersonating = await bench.open(
    definition({ login: `${given}\n          serviceAccount: ${email}` }),
  )
  expect(impersonating.errors).toEqual([])
  expect(impersonating.values).toMatchObject({
    gcp: { login: { accessToken: expect.stringMatching(/^ya29\.account/), expiry: expect.any(String) } },
  })
})

test('another environment is refused with what was sent', async () => {
  const { errors } = await bench.open(definition(), { name: 'shop/other' })
  expect(errors[0]).toContain('PERMISSION_DENIED')
  expect(errors[0]).toContain('subject "pulumi:environments:org:acme:env:shop/other"')
  expect(errors[0]).toContain('roles/iam.workloadIdentityUser')
})

test.each([
  ['another project', { project: 124 }, 'invalid_request'],
  ['a region', { login: oidc('region: europe-west1') }, 'invalid_request'],
  ['too long a lifetime', { login: oidc('tokenLifetime: 2h') }, 'INVALID_ARGUMENT'],
  [
    'a token that Google does not know',
    { login: 'accessToken: { accessToken: ya29.made-up }' },
    'UNAUTHENTICATED',
  ],
  ['an unknown secret', { access: 'db: { name: absent }' }, 'NOT_FOUND'],
  ['no mode', { login: '' }, 'InvalidInputs'],
])('%s is told by its code, without the secret', async (_, parts, code) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(code)
  expect(errors[0]).not.toContain('made-up')
})

test('the checksum is that of RFC 3720', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
})
