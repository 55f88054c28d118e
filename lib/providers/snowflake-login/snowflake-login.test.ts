/** Snowflake cannot be had for tests: the token is verified as its documentation of External OAuth says it does. */
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench

beforeAll(async () => {
  bench = await startProviderBench()
})

afterAll(() => bench.close())

test.each([
  ['', 'session:role-any'],
  ['role: ANALYST', 'session:role:ANALYST'],
])('the token names the user and the scope (%s)', async (role, scope) => {
  const opened = await bench.open(`
values:
  login: { fn::open::snowflake-login: { oidc: { account: acme-prod, user: ESC, ${role} } } }
`)
  expect(opened.errors).toEqual([])
  const { login } = opened.values
  expect(login).toMatchObject({ account: 'acme-prod', user: 'ESC', token: expect.any(String) })
  const keys = createRemoteJWKSet(new URL(`${bench.issuer}/.well-known/jwks`))
  const { payload } = await jwtVerify(Object(login).token, keys, {
    issuer: bench.issuer,
    audience: 'snowflake:acme',
    subject: bench.subject,
  })
  expect(payload).toMatchObject({ snowflake_user: 'ESC', scp: [scope] })
  expect(opened.secrets).toEqual(['login.token'])
})

test('the subject cannot be changed', async () => {
  const { errors } = await bench.open(
    'values: { l: { fn::open::snowflake-login: { oidc: { account: a, user: u, subjectAttributes: [] } } } }',
  )
  expect(errors).toHaveLength(1)
})
