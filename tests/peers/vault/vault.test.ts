import vault from 'node-vault'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../double'
import { startTestIssuer, type TestIssuer } from '../test-issuer'
import { startVault } from '.'

let issuer: TestIssuer
let peer: Double

beforeAll(async () => {
  issuer = await startTestIssuer()
  const trust = {
    issuer: issuer.issuer,
    audience: 'vault:acme',
    subject: 'pulumi:environments:org:acme:env:shop/dev',
  }
  peer = await startVault({
    roles: { 'jwt/esc': { trust }, 'jwt/unbound': {} },
    secrets: { app: { password: 'hunter2' } },
    databaseRoles: ['reader'],
  })
})

afterAll(async () => {
  await peer.stop()
  await issuer.stop()
})

async function logIn(claims = {}, role = 'esc') {
  const client = vault({ endpoint: peer.url })
  const jwt = await issuer.token({ claims: { aud: 'vault:acme', ...claims } })
  const { auth } = await client.write('auth/jwt/login', { role, jwt })
  client.token = auth.client_token
  return client
}

test('node-vault logs in with our kind of token and reads', async () => {
  const client = await logIn()
  expect((await client.read('secret/data/app')).data.data).toEqual({ password: 'hunter2' })
  expect(await client.read('database/creds/reader')).toMatchObject({ lease_duration: 900 })
  const child = await client.tokenCreate({ explicit_max_ttl: '1h' })
  expect(child.auth).toMatchObject({ lease_duration: 3600 })
})

test.each([
  ['another subject', { sub: 'pulumi:environments:org:acme:env:shop/other' }, 'sub claim'],
  ['another audience', { aud: 'vault:evil' }, 'audience'],
  ['another issuer', { iss: 'https://evil.example.com/oidc' }, 'issuer'],
  ['a token of yesterday', { exp: Math.floor(Date.now() / 1000) - 86_400 }, 'expired'],
])('%s is refused', async (_, claims, words) => {
  await expect(logIn(claims)).rejects.toThrow(words)
})

test('a role without bound audiences is refused, as since Vault 1.16.3', async () => {
  await expect(logIn({}, 'unbound')).rejects.toThrow('no audiences bound')
})
