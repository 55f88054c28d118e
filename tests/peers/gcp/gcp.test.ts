import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SecretManagerServiceClient } from '@google-cloud/secret-manager'
import { ExternalAccountClient, UserRefreshClient } from 'google-auth-library'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../double'
import { startTestIssuer, type TestIssuer } from '../test-issuer'
import { startGcp } from '.'

const email = 'esc@project.iam.gserviceaccount.com'
const principal = 'pulumi:environments:org:acme:env:shop/dev'
let issuer: TestIssuer
let gcp: Double
let folder: string

beforeAll(async () => {
  issuer = await startTestIssuer()
  folder = mkdtempSync(join(tmpdir(), 'openesc-gcp-'))
  gcp = await startGcp({
    project: 123,
    pool: 'esc',
    provider: 'openesc',
    trust: { issuer: issuer.issuer, audience: 'gcp:acme' },
    serviceAccount: { email, principal },
    secrets: { db: ['old', 'hunter2'] },
  })
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await gcp.stop()
  await issuer.stop()
})

/** As google-auth-library trades a token of ours that lies in a file. */
async function accessToken(claims = {}): Promise<string> {
  const file = join(folder, 'token')
  writeFileSync(file, await issuer.token({ claims: { aud: 'gcp:acme', ...claims } }))
  const client = ExternalAccountClient.fromJSON({
    type: 'external_account',
    audience:
      '//iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/esc/providers/openesc',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${gcp.url}/v1/token`,
    service_account_impersonation_url: `${gcp.url}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    credential_source: { file },
  })
  const { token } = (await client?.getAccessToken()) ?? {}
  return token ?? ''
}

test("Google's own libraries trade our kind of token and read a secret", async () => {
  const auth = new UserRefreshClient()
  auth.setCredentials({ access_token: await accessToken() })
  const { hostname, port } = new URL(gcp.url)
  const client = new SecretManagerServiceClient({
    authClient: auth,
    fallback: true,
    protocol: 'http',
    apiEndpoint: hostname,
    port: Number(port),
  })
  const [version] = await client.accessSecretVersion({ name: 'projects/123/secrets/db/versions/latest' })
  expect(Buffer.from(version.payload?.data ?? '').toString()).toBe('hunter2')
  await client.close()
})

test.each([
  ['another subject', { sub: 'pulumi:environments:org:acme:env:shop/other' }, 'getAccessToken'],
  ['another audience', { aud: 'gcp:evil' }, 'audience'],
  ['another issuer', { iss: 'https://evil.example.com/oidc' }, 'issuer'],
  ['a token of yesterday', { exp: Math.floor(Date.now() / 1000) - 86_400 }, 'stale'],
])('%s is refused', async (_, claims, words) => {
  await expect(accessToken(claims)).rejects.toThrow(words)
})
