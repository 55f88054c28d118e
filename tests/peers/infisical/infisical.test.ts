import { InfisicalSDK } from '@infisical/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../double'
import { startInfisical } from '.'

let infisical: Double

beforeAll(async () => {
  infisical = await startInfisical({
    identity: 'i',
    trust: { issuer: 'https://unused.example.com', audience: 'infisical:acme' },
    client: { id: 'c', secret: 's' },
    secrets: { 'p1/prod//': { DB: 'hunter2' } },
  })
})

afterAll(() => infisical.stop())

test("Infisical's own SDK logs in and reads a secret", async () => {
  const client = new InfisicalSDK({ siteUrl: infisical.url })
  await client.auth().universalAuth.login({ clientId: 'c', clientSecret: 's' })
  const secret = await client
    .secrets()
    .getSecret({ projectId: 'p1', environment: 'prod', secretPath: '/', secretName: 'DB' })
  expect(secret.secretValue).toBe('hunter2')
})

test('a wrong client secret is refused', async () => {
  const client = new InfisicalSDK({ siteUrl: infisical.url })
  await expect(client.auth().universalAuth.login({ clientId: 'c', clientSecret: 'x' })).rejects.toThrow()
})
