import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '@/lib/db'
import type { Principal } from '@/lib/language'
import { addEnvironment, addOrganization, addPerson } from '../../../tests/support/installation'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench

beforeAll(async () => {
  bench = await startProviderBench()
  const admin = await addPerson('ada')
  const acme = await addOrganization('acme', { admin })
  await addEnvironment(acme, 'shop/dev', { owner: admin })
  await database().organization.update({ where: { id: acme.id }, data: { identityTokens: true } })
})

afterAll(() => bench.close())

const call = (inputs: string) => `values: { claims: { fn::open::debug-oidc-claims: ${inputs} } }`
const team: Principal = { login: 'acme', token: { type: 'team', name: 'ci', team: 'ops' } }

describe('subjects (providers.md §6.2)', () => {
  test.each([
    ['the environment that was opened', '', 'shop/dev', undefined, 'org:acme:env:shop/dev'],
    ['the project default is not special', '', 'default/db', undefined, 'org:acme:env:default/db'],
    ['a text that is not stored', '', '<yaml>', undefined, 'org:acme:env:<yaml>'],
    [
      'attributes in their order',
      'rootEnvironment.name, pulumi.user.login',
      'shop/dev',
      undefined,
      'pulumi.organization.login:acme:rootEnvironment.name:shop/dev:pulumi.user.login:jane',
    ],
    [
      'the organization is not repeated',
      'pulumi.organization.login, pulumi.token.type',
      'shop/dev',
      undefined,
      'pulumi.organization.login:acme:pulumi.token.type:personal',
    ],
    [
      'a team',
      'pulumi.token.team, pulumi.token.type',
      'shop/dev',
      team,
      'pulumi.organization.login:acme:pulumi.token.team:ops:pulumi.token.type:team',
    ],
  ])('%s', async (_, attributes, name, principal, subject) => {
    const inputs = `{ audiencePrefix: aws, subjectAttributes: [${attributes}] }`
    const opened = await bench.open(call(inputs), { name, ...(principal && { principal }) })
    expect(opened.errors).toEqual([])
    expect(opened.values.claims).toMatchObject({ sub: `pulumi:environments:${subject}`, aud: 'aws:acme' })
    expect(opened.secrets).toEqual([])
  })
})

test('what is shown is what azure-login then sends', async () => {
  const opened = await bench.open(`values:
  claims: { fn::open::debug-oidc-claims: { audiencePrefix: azure } }
  login: { fn::open::azure-login: { clientId: a, tenantId: b, oidc: true } }
`)
  const { login, claims } = opened.values
  const { iat, nbf, exp, jti, ...sent } = decodeJwt(JSON.parse(JSON.stringify(login)).oidc.token)
  expect(sent).toEqual(claims)
})

test('shows the claims of v2 without times and id', async () => {
  const inputs = '{ audience: a, identityToken: { version: v2 }, duration: 9h }'
  const opened = await bench.open(call(inputs))
  expect(opened.errors).toEqual([])
  expect(opened.values.claims).toMatchObject({ aud: 'a', iss: `${bench.issuer}/v2` })
  expect(Object.keys(Object(opened.values.claims))).not.toContain('exp')
})

test.each([
  '{}',
  '{ audiencePrefix: aws, audience: a }',
  '{ audiencePrefix: aws, duration: 1h }',
  '{ identityToken: { version: v2 } }',
  '{ identityToken: { version: v2 }, audience: a, subjectAttributes: [pulumi.user.login] }',
  '{ identityToken: { version: v1 }, audience: a }',
])('%s is refused', async (inputs) => {
  expect((await bench.open(call(inputs))).errors).toHaveLength(1)
})

test('a team attribute without a team is refused', async () => {
  const inputs = '{ audiencePrefix: aws, subjectAttributes: [pulumi.token.team] }'
  expect((await bench.open(call(inputs))).errors[0]).toContain('InvalidSubject')
})
