/** `esc env provider`: the block that each form writes (cli.md §6.19). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Machine, machine } from './harness'
import { service, variablesFor } from './service'

const backend = service()
let local: Machine

beforeAll(() => {
  local = machine({ env: variablesFor(backend) })
})
afterAll(() => local.remove())

async function esc(...words: string[]): Promise<string> {
  const { outcome, stdout } = await local.run(words)
  expect({ words, outcome }).toEqual({ words, outcome: { exitCode: 0 } })
  return stdout
}

it.each([
  [
    'aws-login static',
    ['AKIAEXAMPLE', 'wJalrXUt', '--session-token', 'session'],
    'aws',
    `fn::open::aws-login:
        static:
          accessKeyId: AKIAEXAMPLE
          secretAccessKey:
            fn::secret: wJalrXUt
          sessionToken:
            fn::secret: session
`,
  ],
  [
    'azure-login static',
    ['tenant', 'subscription', 'client', 's3cret'],
    'azure',
    `fn::open::azure-login:
        clientId: client
        tenantId: tenant
        subscriptionId: subscription
        clientSecret:
          fn::secret: s3cret
`,
  ],
  [
    'azure-login oidc',
    ['tenant', 'subscription', 'client', '--subject-attribute', 'currentEnvironment.name'],
    'azure',
    `fn::open::azure-login:
        clientId: client
        tenantId: tenant
        subscriptionId: subscription
        oidc: true
        subjectAttributes:
          - currentEnvironment.name
`,
  ],
  [
    'gcp-login static',
    ['123', 'ya29.token', '--service-account', 'app@shop.example', '--token-lifetime', '1800s'],
    'gcp',
    `fn::open::gcp-login:
        project: 123
        accessToken:
          accessToken:
            fn::secret: ya29.token
          serviceAccount: app@shop.example
          tokenLifetime: 1800s
`,
  ],
  [
    'gcp-login oidc',
    ['123', '--workload-pool-id', 'pool', '--provider-id', 'esc', '--service-account', 'app@shop.example'],
    'gcp',
    `fn::open::gcp-login:
        project: 123
        oidc:
          workloadPoolId: pool
          providerId: esc
          serviceAccount: app@shop.example
`,
  ],
])('%s writes its block', async (form, args, cloud, block) => {
  const name = `acme/clouds/${form.replace(' ', '-')}`
  const written = await esc('env', 'provider', ...form.split(' '), name, ...args, '--create')
  expect(written).toBe(`Environment created: ${name}\nProvider updated.\n`)
  const { stdout } = await local.run(['env', 'get', name, '--definition', '--show-secrets'])
  expect(stdout).toBe(`values:\n  ${cloud}:\n    login:\n      ${block}`)
})

it('refuses what is not a project number, and writes where it is told', async () => {
  const bad = await local.run(['env', 'provider', 'gcp-login', 'static', 'acme/clouds/none', 'x', 'token'])
  expect(bad).toMatchObject({ outcome: { exitCode: 1 } })
  expect(bad.stderr).toBe('Error: invalid project number "x": must be a positive integer\n')
  const place = ['--path', 'logins["other"]', '--create']
  await esc('env', 'provider', 'aws-login', 'static', 'acme/clouds/place', 'id', 'key', ...place)
  expect(await esc('env', 'get', 'acme/clouds/place', '--definition')).toContain('  logins:\n    other:\n')
})
