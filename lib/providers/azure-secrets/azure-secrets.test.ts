import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAzure } from '../../../tests/peers/azure'
import type { Double } from '../../../tests/peers/double'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench
let azure: Double

beforeAll(async () => {
  bench = await startProviderBench()
  azure = await startAzure({
    tenant: 'tenant-1',
    client: 'client-1',
    clientSecret: 'the client secret',
    trust: { issuer: bench.issuer, audience: 'azure:acme', subject: bench.subject },
    secrets: { db: 'hunter2', 'api-key': 'k', off: { disabled: true }, closed: { forbidden: true } },
  })
  bench.redirect({
    'https://login.microsoftonline.com': azure.url,
    'https://shop-vault.vault.azure.net': azure.url,
  })
})

afterAll(async () => {
  await azure.stop()
  await bench.close()
})

const definition = ({ login = 'oidc: true', get = 'db: { name: db }' } = {}) => `
values:
  azure:
    login:
      fn::open::azure-login:
        clientId: client-1
        tenantId: tenant-1
        subscriptionId: sub-1
        ${login}
    secrets:
      fn::open::azure-secrets:
        login: \${azure.login}
        vault: shop-vault
        get:
          ${get}
`

test('a login by identity token calls nobody, and the vault gives its secrets for it', async () => {
  azure.requests.length = 0
  const opened = await bench.open(definition({ get: 'db: { name: db }\n          api: { name: api-key }' }))
  expect(opened.errors).toEqual([])
  expect(opened.values).toMatchObject({
    azure: { login: { clientId: 'client-1', subscriptionId: 'sub-1' }, secrets: { db: 'hunter2', api: 'k' } },
  })
  expect(opened.secrets).toEqual(
    expect.arrayContaining(['azure.login.oidc.token', 'azure.secrets.db', 'azure.secrets.api']),
  )
  expect(opened.expiries[0]).toBeDefined()
  expect(azure.requests.map(({ path }) => path).sort()).toEqual([
    '/secrets/api-key',
    '/secrets/db',
    '/tenant-1/oauth2/v2.0/token',
  ])
})

test('identical reads happen once', async () => {
  azure.requests.length = 0
  const opened = await bench.open(definition({ get: 'a: { name: db }\n          b: { name: db }' }))
  expect(opened.values).toMatchObject({ azure: { secrets: { a: 'hunter2', b: 'hunter2' } } })
  expect(azure.requests.filter(({ path }) => path === '/secrets/db')).toHaveLength(1)
})

test('a login with a client secret works too, and keeps it masked', async () => {
  const opened = await bench.open(definition({ login: 'clientSecret: the client secret' }))
  expect(opened.values).toMatchObject({ azure: { secrets: { db: 'hunter2' } } })
  expect(opened.secrets).toContain('azure.login.clientSecret')
})

test('another environment is refused with the code of Azure and what was sent', async () => {
  const opened = await bench.open(definition(), { name: 'shop/other' })
  expect(opened.errors).toHaveLength(1)
  expect(opened.errors[0]).toContain('AADSTS700213')
  expect(opened.errors[0]).toContain('subject "pulumi:environments:org:acme:env:shop/other"')
  expect(opened.errors[0]).toContain('audience "azure:acme"')
  expect(opened.errors[0]).toContain('federated credential')
})

test.each([
  ['a wrong client secret', { login: 'clientSecret: wrong one' }, 'AADSTS7000215'],
  ['an unknown secret', { get: 'db: { name: absent }' }, 'SecretNotFound'],
  ['an unknown version', { get: 'db: { name: db, version: v9 }' }, 'SecretNotFound'],
  ['a disabled secret', { get: 'db: { name: off }' }, 'SecretDisabled'],
  ['a secret it may not read', { get: 'db: { name: closed }' }, 'ForbiddenByRbac'],
  ['both modes', { login: 'oidc: true\n        clientSecret: s' }, 'InvalidInputs'],
])('%s is told by its code, without the secret', async (_, parts, code) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(code)
  expect(errors[0]).not.toContain('wrong one')
})

test.each([
  ['a name that leaves its place', 'db: { name: ../keys }'],
  ['nothing to read', '{}'],
])('%s is refused before any call', async (_, get) => {
  azure.requests.length = 0
  const { errors } = await bench.open(definition({ get }))
  expect(errors).not.toEqual([])
  expect(azure.requests).toEqual([])
})
