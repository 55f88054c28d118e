import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../../../tests/peers/double'
import { startGitHub } from '../../../tests/peers/github'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
let bench: ProviderBench
let github: Double
let enterprise: Double

beforeAll(async () => {
  bench = await startProviderBench()
  const app = {
    appId: 42,
    slug: 'esc',
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
  const grants = { repositories: ['web'], permissions: { contents: 'read', metadata: 'read' } }
  github = await startGitHub({ ...app, installation: { id: 7, kind: 'orgs', owner: 'acme', ...grants } })
  enterprise = await startGitHub({
    ...app,
    installation: { id: 8, kind: 'users', owner: 'jane', ...grants },
    prefix: '/api/v3',
  })
  bench.redirect({ 'https://api.github.com': github.url, 'https://ghe.example.com': enterprise.url })
})

afterAll(async () => {
  await github.stop()
  await enterprise.stop()
  await bench.close()
})

const definition = ({ key = pkcs1, inputs = 'owner: acme' } = {}) => `
values:
  gh:
    fn::open::gh-login:
      appId: 42
      privateKey:
        fn::secret: ${JSON.stringify(key)}
      ${inputs}
`

test.each([
  ['PKCS#1', pkcs1],
  ['PKCS#8', pkcs8],
])('a key in %s gives a token of the installation', async (_, key) => {
  const inputs = 'owner: acme\n      repositories: [web]\n      permissions: { contents: read }'
  const opened = await bench.open(definition({ key, inputs }))
  expect(opened.errors).toEqual([])
  expect(opened.values.gh).toMatchObject({
    appId: 42,
    appSlug: 'esc',
    installationId: 7,
    accessToken: expect.stringMatching(/^ghs_/),
    type: 'installation',
  })
  expect(opened.secrets).toEqual(['gh.accessToken'])
  expect(opened.expiries[0]).toBeDefined()
  const granted = github.requests.findLast(({ method }) => method === 'POST')
  expect(JSON.parse(granted?.body ?? '')).toEqual({
    repositories: ['web'],
    permissions: { contents: 'read' },
  })
})

test('an installation of a user on GitHub Enterprise Server', async () => {
  const opened = await bench.open(definition({ inputs: 'owner: jane\n      ghe: { host: ghe.example.com }' }))
  expect(opened.errors).toEqual([])
  expect(opened.values.gh).toMatchObject({ installationId: 8 })
})

test.each([
  [
    'a key of another app',
    { key: other.export({ type: 'pkcs1', format: 'pem' }).toString() },
    'Unauthorized',
  ],
  ['a key that is none', { key: 'no key at all' }, 'InvalidInputs'],
  ['an owner without the app', { inputs: 'owner: evil' }, 'NotFound'],
  [
    'more than granted',
    { inputs: 'owner: acme\n      permissions: { contents: write }' },
    'UnprocessableEntity',
  ],
  ['another repository', { inputs: 'owner: acme\n      repositories: [api]' }, 'UnprocessableEntity'],
])('%s is told by its code, without the key', async (_, parts, code) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(code)
  expect(errors[0]).not.toContain('no key at all')
  expect(errors[0]).not.toContain('BEGIN')
})
