import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../../../tests/peers/double'
import { startInfisical } from '../../../tests/peers/infisical'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench
let infisical: Double

beforeAll(async () => {
  bench = await startProviderBench()
  infisical = await startInfisical({
    identity: 'machine-1',
    trust: { issuer: bench.issuer, audience: 'infisical:acme', subject: bench.subject },
    client: { id: 'c', secret: 'the client secret' },
    secrets: { 'p1/prod//': { DB: 'hunter2' }, 'p1/prod//app': { KEY: 'k' } },
  })
})

afterAll(async () => {
  await infisical.stop()
  await bench.close()
})

const definition = ({ login = 'oidc: { identityId: machine-1 }', key = 'DB' } = {}) => `
values:
  login:
    fn::open::infisical-login:
      siteUrl: ${infisical.url}
      ${login}
  secrets:
    fn::open::infisical-secrets:
      login: \${login}
      get:
        db: { projectId: p1, environment: prod, secretKey: ${key} }
        app: { projectId: p1, environment: prod, secretKey: KEY, secretPath: /app, type: shared }
`

test.each(['oidc: { identityId: machine-1 }', 'static: { clientId: c, clientSecret: the client secret }'])(
  'a login by %s reads secrets',
  async (login) => {
    const opened = await bench.open(definition({ login }))
    expect(opened.errors).toEqual([])
    expect(opened.values).toMatchObject({
      login: { accessToken: expect.any(String), siteUrl: infisical.url },
      secrets: { db: 'hunter2', app: 'k' },
    })
    expect(opened.secrets).toEqual(expect.arrayContaining(['login.accessToken', 'secrets.db']))
    expect(opened.expiries[0]).toBeDefined()
  },
)

test('another environment is refused with what was sent', async () => {
  const { errors } = await bench.open(definition(), { name: 'shop/other' })
  expect(errors[0]).toContain('Forbidden')
  expect(errors[0]).toContain('audience "infisical:acme"')
  expect(errors[0]).toContain('siteUrl')
})

test('S06 a service that repeats our secret is not quoted with it', async () => {
  const { errors } = await bench.open(
    definition({ login: 'static: { clientId: c, clientSecret: wrong one }' }),
  )
  expect(errors[0]).toContain('Unauthorized: Invalid credentials for [secret]')
  expect(errors[0]).not.toContain('wrong one')
})

test.each([
  ['an unknown secret', { key: 'ABSENT' }, 'NotFound'],
  ['no mode', { login: '' }, 'InvalidInputs'],
])('%s is told by its code', async (_, parts, code) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(code)
})
