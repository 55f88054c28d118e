import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../../../tests/peers/double'
import { startVault } from '../../../tests/peers/vault'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench
let vault: Double

beforeAll(async () => {
  bench = await startProviderBench()
  const trust = { issuer: bench.issuer, audience: 'vault:acme', subject: bench.subject }
  vault = await startVault({
    namespace: 'team',
    roles: { 'jwt/esc': { trust }, 'jwt/unbound': {} },
    tokens: ['hvs.parent'],
    secrets: { app: { password: 'hunter2' } },
    databaseRoles: ['reader'],
  })
})

afterAll(async () => {
  await vault.stop()
  await bench.close()
})

const definition = ({
  login = 'jwt: { role: esc }',
  read = 'app: { path: secret/data/app }',
  address = '',
} = {}) => `
values:
  vault:
    login:
      fn::open::vault-login:
        address: ${address || vault.url}
        namespace: team
        ${login}
    secrets:
      fn::open::vault-secrets:
        login: \${vault.login}
        read:
          ${read}
`

test('a login by identity token reads static and dynamic secrets', async () => {
  const read = 'app: { path: secret/data/app }\n          db: { path: database/creds/reader }'
  const opened = await bench.open(definition({ read }))
  expect(opened.errors).toEqual([])
  expect(opened.values).toMatchObject({
    vault: {
      login: { address: vault.url, namespace: 'team', token: expect.stringMatching(/^hvs\./) },
      secrets: {
        app: { data: { password: 'hunter2' }, metadata: { version: 1 } },
        db: { username: expect.any(String) },
      },
    },
  })
  expect(opened.secrets).toEqual(
    expect.arrayContaining([
      'vault.login.token',
      'vault.secrets.app.data.password',
      'vault.secrets.db.password',
    ]),
  )
  const minutes = opened.expiries.map((expiry) => (new Date(expiry ?? 0).getTime() - Date.now()) / 60_000)
  expect(minutes[0]).toBeGreaterThan(59)
  expect(minutes[1]).toBeLessThan(16)
})

test('two fields of one path are read at once and belong together', async () => {
  vault.requests.length = 0
  const read = ['username', 'password'].map(
    (field) => `${field}: { path: database/creds/reader, field: ${field} }`,
  )
  const opened = await bench.open(definition({ read: read.join('\n          ') }))
  expect(opened.values).toMatchObject({
    vault: { secrets: { username: expect.stringMatching(/^v-reader/), password: expect.any(String) } },
  })
  expect(vault.requests.filter(({ path }) => path.includes('creds'))).toHaveLength(1)
})

test('a given token gives a child, never itself', async () => {
  const opened = await bench.open(
    definition({ login: 'token: { token: hvs.parent, maxTtl: 30m, policies: [app] }' }),
  )
  expect(opened.errors).toEqual([])
  expect(JSON.stringify(opened.values)).not.toContain('hvs.parent')
  const created = vault.requests.find(({ path }) => path === '/v1/auth/token/create')
  expect(JSON.parse(created?.body ?? '')).toEqual({
    display_name: 'pulumi',
    explicit_max_ttl: '30m',
    policies: ['app'],
  })
})

test('another environment is refused with what was sent', async () => {
  const { errors } = await bench.open(definition(), { name: 'shop/other' })
  expect(errors[0]).toContain('InvalidRequest: error validating token: sub claim')
  expect(errors[0]).toContain('audience "vault:acme"')
  expect(errors[0]).toContain('bound_audiences')
})

test.each([
  ['an unknown role', { login: 'jwt: { role: nobody }' }, 'InvalidRequest'],
  ['another mount', { login: 'jwt: { role: esc, mount: oidc }' }, 'Nothing is mounted there'],
  ['a token that Vault does not know', { login: 'token: { token: hvs.made-up }' }, 'PermissionDenied'],
  ['an absent secret', { read: 'app: { path: secret/data/absent }' }, 'NotFound'],
  ['an absent field', { read: 'app: { path: secret/data/app, field: password }' }, 'no field of that name'],
  ['an address with a path', { address: 'https://vault.example.com/ui' }, ''],
  ['http to another machine', { address: 'http://192.0.2.1:8200' }, 'InvalidInputs'],
])('%s is told by its code, without the secret', async (_, parts, code) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(code)
  expect(errors[0]).not.toContain('made-up')
})
