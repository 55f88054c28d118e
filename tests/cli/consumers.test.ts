/** `esc run` before the programs that people really run: each finds its credentials and variables by itself. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { createEnvironment } from '@/lib/environments/create'
import { saveEnvironment } from '@/lib/environments/save'
import { createApi } from '@/server/api'
import type { Double } from '../peers/double'
import { startGcp } from '../peers/gcp'
import { onPath } from '../peers/on-path'
import { addOrganization, addPerson, type TestPerson } from '../support/installation'
import { type ProviderBench, startProviderBench } from '../support/providers'
import { type Program, program } from './program'
import { variablesFor } from './service'

const absent = (name: string) => (onPath(name) ? '' : ` (skipped: no ${name} here)`)
/** Both programs take seconds to start on a busy machine. */
const slow = 120_000
const email = 'esc@shop.iam.gserviceaccount.com'
const esc: Program = program()
let bench: ProviderBench
let gcp: Double
let api: Awaited<ReturnType<typeof createApi>>
let alice: TestPerson
let variables: Record<string, string>

beforeAll(async () => {
  bench = await startProviderBench()
  api = await createApi()
  const url = await api.listen({ host: '127.0.0.1', port: 0 })
  alice = await addPerson('alice')
  await addOrganization('acme', { admin: alice })
  const { tokenValue: token } = await createAccessToken(alice.actor, { description: 'tests' })
  variables = variablesFor({ url, token })
  gcp = await startGcp({
    project: 123456789012,
    pool: 'esc',
    provider: 'esc',
    trust: { issuer: bench.issuer, audience: 'gcp:acme' },
    serviceAccount: { email, principal: bench.subject },
    secrets: { database: ['hunter2'] },
  })
  bench.redirect({ 'https://sts.googleapis.com': gcp.url, 'https://iamcredentials.googleapis.com': gcp.url })
  await createEnvironment(alice.actor, { organization: 'acme', project: 'shop', name: 'dev' })
})

afterAll(async () => {
  await api?.close()
  await gcp?.stop()
  await bench?.close()
})

async function run(definition: string, ...words: string[]) {
  await saveEnvironment(alice.actor, { organization: 'acme', project: 'shop', name: 'dev', definition })
  return esc.start(['run', 'acme/shop/dev', '--', ...words], variables).ended
}

describe.skipIf(absent('gcloud'))(`gcloud${absent('gcloud')}`, () => {
  it(
    'reads a secret with the access token of gcp-login',
    async () => {
      const definition = `values:
  gcp:
    fn::open::gcp-login:
      project: 123456789012
      oidc: { workloadPoolId: esc, providerId: esc, serviceAccount: ${email} }
  environmentVariables:
    CLOUDSDK_AUTH_ACCESS_TOKEN: \${gcp.accessToken}
    CLOUDSDK_CORE_PROJECT: shop
    CLOUDSDK_CONFIG: ${join(esc.directory, 'gcloud')}
    CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: ${gcp.url}/
`
      const access = ['secrets', 'versions', 'access', 'latest', '--secret', 'database']
      const { code, stdout, stderr } = await run(definition, 'gcloud', ...access)
      expect(stderr).not.toContain('ERROR')
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'hunter2' })
    },
    slow,
  )
})

describe.skipIf(absent('terraform'))(`terraform${absent('terraform')}`, () => {
  it(
    'takes its variables, the secret one masked in what it prints',
    async () => {
      const folder = join(esc.directory, 'terraform')
      mkdirSync(folder, { recursive: true })
      writeFileSync(
        join(folder, 'main.tf'),
        'variable "region" {}\nvariable "password" {}\noutput "told" { value = "${var.region} ${var.password}" }\n',
      )
      const definition = `values:
  environmentVariables:
    TF_VAR_region: eu-central-1
    TF_VAR_password: { fn::secret: canary-terraform }
    TF_IN_AUTOMATION: "1"
    CHECKPOINT_DISABLE: "1"
`
      const words = ['terraform', `-chdir=${folder}`, 'apply', '-auto-approve', '-input=false', '-no-color']
      const { code, stdout } = await run(definition, ...words)
      expect(stdout).toContain('told = "eu-central-1 [secret]"')
      expect(code).toBe(0)
    },
    slow,
  )
})
