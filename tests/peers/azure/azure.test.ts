import { ClientAssertionCredential, ClientSecretCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../double'
import { createTestCa } from '../test-ca'
import { startTestIssuer, type TestIssuer } from '../test-issuer'
import { startAzure } from '.'

let issuer: TestIssuer
let azure: Double
let ca: string

beforeAll(async () => {
  issuer = await startTestIssuer()
  const authority = await createTestCa()
  ca = authority.certificate
  azure = await startAzure({
    tls: await authority.issue(['localhost']),
    tenant: 'tenant-1',
    client: 'client-1',
    clientSecret: 's3cret',
    trust: {
      issuer: issuer.issuer,
      audience: 'azure:acme',
      subject: 'pulumi:environments:org:acme:env:shop/dev',
    },
    secrets: { db: 'hunter2' },
  })
})

afterAll(async () => {
  await azure.stop()
  await issuer.stop()
})

function options() {
  return { authorityHost: azure.url, disableInstanceDiscovery: true, tlsOptions: { ca } }
}

function byAssertion(claims = {}) {
  const assertion = () => issuer.token({ claims: { aud: 'azure:acme', ...claims } })
  return new ClientAssertionCredential('tenant-1', 'client-1', assertion, options())
}

function secretsOf(credential: ClientAssertionCredential | ClientSecretCredential) {
  return new SecretClient(azure.url, credential, {
    disableChallengeResourceVerification: true,
    tlsOptions: { ca },
    retryOptions: { maxRetries: 0 },
  })
}

test("Azure's own SDK logs in with our kind of token and reads a secret", async () => {
  const secret = await secretsOf(byAssertion()).getSecret('db')
  expect(secret.value).toBe('hunter2')
})

test("Azure's own SDK logs in with a client secret", async () => {
  const credential = new ClientSecretCredential('tenant-1', 'client-1', 's3cret', options())
  expect((await secretsOf(credential).getSecret('db')).value).toBe('hunter2')
  const wrong = new ClientSecretCredential('tenant-1', 'client-1', 'other', options())
  await expect(secretsOf(wrong).getSecret('db')).rejects.toThrow('AADSTS7000215')
})

test.each([
  ['another subject', { sub: 'pulumi:environments:org:acme:env:shop/other' }, 'AADSTS700213'],
  ['another audience', { aud: 'azure:evil' }, 'AADSTS700212'],
  ['another issuer', { iss: 'https://evil.example.com/oidc' }, 'AADSTS700211'],
  ['a token of yesterday', { exp: Math.floor(Date.now() / 1000) - 86_400 }, 'AADSTS700024'],
])('%s is refused', async (_, claims, code) => {
  await expect(secretsOf(byAssertion(claims)).getSecret('db')).rejects.toThrow(code)
})
