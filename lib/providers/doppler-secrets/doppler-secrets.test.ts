import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDoppler } from '../../../tests/peers/doppler'
import type { Double } from '../../../tests/peers/double'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

const identity = '8c2f1c9e-5b3a-4d0e-9f6b-1a2b3c4d5e6f'
let bench: ProviderBench
let doppler: Double

beforeAll(async () => {
  bench = await startProviderBench()
  const trust = { issuer: bench.issuer, audience: 'doppler:acme', subject: bench.subject }
  doppler = await startDoppler({ identity, trust, configs: { 'shop/prd': { DB: 'hunter2' } } })
  bench.redirect({ 'https://api.doppler.com': doppler.url })
})

afterAll(async () => {
  await doppler.stop()
  await bench.close()
})

const definition = ({ id = identity, get = 'db: { name: DB }', config = 'prd' } = {}) => `
values:
  login: { fn::open::doppler-login: { oidc: { identityId: ${id} } } }
  secrets:
    fn::open::doppler-secrets:
      login: \${login}
      project: shop
      config: ${config}
      get: { ${get} }
`

test('a login by identity token reads secrets', async () => {
  const opened = await bench.open(definition())
  expect(opened.errors).toEqual([])
  expect(opened.values).toEqual({
    login: { accessToken: expect.stringMatching(/^dp\.said\./) },
    secrets: { db: 'hunter2' },
  })
  expect(opened.secrets).toEqual(expect.arrayContaining(['login.accessToken', 'secrets.db']))
  expect(opened.expiries[0]).toBeDefined()
})

test('another environment is refused with what was sent', async () => {
  const { errors } = await bench.open(definition(), { name: 'shop/other' })
  expect(errors[0]).toContain('Unauthorized')
  expect(errors[0]).toContain('audience "doppler:acme"')
})

test.each([
  ['another identity', { id: identity.replace('8', '9') }, 'NotFound'],
  ['an unknown config', { config: 'dev' }, 'NotFound'],
  ['an unknown secret', { get: 'db: { name: ABSENT }' }, 'get.db'],
])('%s is told by its code', async (_, parts, words) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(words)
})
