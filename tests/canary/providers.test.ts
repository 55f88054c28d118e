/**
 * Every provider against services that answer with everything they were sent: whatever form their refusals have, no
 * credential and no identity token comes back in an error, in the log or in the audit log (S06).
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { database } from '@/lib/db'
import { openEnvironment } from '@/lib/environments/open'
import { saveEnvironment } from '@/lib/environments/save'
import { providerDocs } from '@/lib/providers/docs'
import { listProviders } from '@/lib/providers/registry'
import { type Double, startDouble } from '../peers/double'
import { addEnvironment, addOrganization, addPerson, type TestPerson } from '../support/installation'
import { type ProviderBench, startProviderBench } from '../support/providers'
import { startVendorDoubles } from '../support/vendor-doubles'
import { echo } from './echo'
import { sweepBytes } from './sweep'

const canary = 'canary-7Qz9-"quoted"'
const names = listProviders().map(({ name }) => name)

/** Definitions with a fixed credential, for the providers that take one. */
const withCredential: Record<string, string> = {
  'aws-secrets': `login: { accessKeyId: AKIAREADERREADER0000, secretAccessKey: CANARY }
      region: eu-central-1
      get: { a: { secretId: db } }`,
  'aws-parameter-store': `login: { accessKeyId: AKIAREADERREADER0000, secretAccessKey: CANARY }
      region: eu-central-1
      get: { a: { name: db } }`,
  'azure-secrets': `login: { clientId: c, tenantId: t, clientSecret: CANARY }
      vault: shop-vault
      get: { a: { name: db } }`,
  'gcp-login': 'project: 1\n      accessToken: { accessToken: CANARY, serviceAccount: a@b.example.com }',
  'gcp-secrets':
    'login: { accessToken: CANARY, project: 1, tokenType: Bearer }\n      access: { a: { name: db } }',
  'vault-login': 'address: https://vault.example.com\n      token: { token: CANARY }',
  'vault-secrets':
    'login: { address: https://vault.example.com, token: CANARY }\n      read: { a: { path: secret/data/a } }',
  'doppler-secrets':
    'login: { accessToken: CANARY }\n      project: p\n      config: c\n      get: { a: { name: A } }',
  'infisical-login': 'siteUrl: https://eu.infisical.com\n      static: { clientId: c, clientSecret: CANARY }',
  'infisical-secrets': `login: { accessToken: CANARY, siteUrl: https://eu.infisical.com }
      get: { a: { projectId: p, environment: e, secretKey: K } }`,
  '1password-secrets': `login: { connect: { host: https://connect.example.com, token: CANARY } }
      get: { a: { ref: op://v/i/f } }`,
  'gh-login': 'appId: 42\n      owner: acme\n      privateKey: CANARY',
  'terraform-state': 'backend: { remote: { organization: o, workspace: w, token: CANARY } }',
  external: 'url: https://adapter.example.com/secrets\n      request: { password: CANARY }',
}

/** Providers that hand on what they were given, or are given nothing but names. */
const callsNobodyWithIt = [
  'aws-login',
  'azure-login',
  'debug-oidc-claims',
  'doppler-login',
  'oidc',
  'pulumi-stacks',
  'snowflake-login',
]

describe('a service that repeats what it was sent', () => {
  let bench: ProviderBench
  let admin: TestPerson
  const peers: Double[] = []
  const printed: string[] = []

  beforeAll(async () => {
    bench = await startProviderBench()
    admin = await addPerson('ada')
    const acme = await addOrganization('acme', { admin })
    await addEnvironment(acme, 'shop/dev', { owner: admin })
    const { origins, complete, stop } = await startVendorDoubles(bench)
    await stop()
    expect(complete).toBeDefined()
    const even = await startDouble(echo(400))
    const odd = await startDouble(echo(431))
    peers.push(even, odd)
    process.env.AWS_ENDPOINT_URL = even.url
    bench.redirect(
      Object.fromEntries(origins.map((origin, index) => [origin, peers[index % 2]?.url ?? even.url])),
    )
    for (const method of ['log', 'error', 'warn', 'info', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...words) => void printed.push(words.map(String).join(' ')),
      )
    }
  })

  afterAll(async () => {
    vi.restoreAllMocks()
    await Promise.all(peers.map((peer) => peer.stop()))
    await bench.close()
  })

  async function refusalOf(definition: string): Promise<string> {
    await saveEnvironment(admin.actor, { organization: 'acme', project: 'shop', name: 'dev', definition })
    const request = { organization: 'acme', project: 'shop', name: 'dev' }
    return openEnvironment(admin.actor, request).then(
      () => '',
      (error) => `${error} ${JSON.stringify(error)} ${error.stack}`,
    )
  }

  test.each(Object.entries(withCredential))('%s does not show its credential', async (name, inputs) => {
    const secret = `{ fn::secret: ${JSON.stringify(canary)} }`
    const definition = `values:\n  x:\n    fn::open::${name}:\n      ${inputs.replace('CANARY', secret)}\n`
    const refusal = await refusalOf(definition)
    expect(refusal).toContain('diagnostics')
    expect(sweepBytes(name, Buffer.from(refusal), canary)).toEqual([])
  })

  test.each(names)('%s does not show an identity token', async (name) => {
    const refusal = await refusalOf(providerDocs[name]?.example ?? '')
    expect(refusal).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  test('every provider is in the sweep', () => {
    expect([...Object.keys(withCredential), ...callsNobodyWithIt].sort()).toEqual([...names].sort())
    expect(names.filter((name) => providerDocs[name] === undefined)).toEqual([])
  })

  test('nothing of it is in the log or in the audit log', async () => {
    const rows = await database().auditEvent.findMany()
    expect(rows.length).toBeGreaterThan(names.length)
    const json = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    for (const text of [json, printed.join('\n')]) {
      expect(sweepBytes('records', Buffer.from(text), canary)).toEqual([])
      expect(text).not.toMatch(/eyJ[\w-]+\.eyJ/)
    }
  })

  test('the sweep sees what is there', () => {
    expect(sweepBytes('itself', Buffer.from(encodeURIComponent(canary)), canary)).not.toEqual([])
  })
})
