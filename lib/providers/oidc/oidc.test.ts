import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { openEnvironment } from '@/lib/environments/open'
import { saveEnvironment } from '@/lib/environments/save'
import { changeSettings } from '@/lib/organizations/settings'
import {
  addEnvironment,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '../../../tests/support/installation'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench
let admin: TestPerson
let acme: TestOrganization
let environment: { id: string }

const definition = (inputs = '') => `values:
  token:
    fn::open::oidc:
      audience: registry.example.com
      identityToken: { version: v2 }
      ${inputs}
`

beforeAll(async () => {
  bench = await startProviderBench()
  admin = await addPerson('ada')
  acme = await addOrganization('acme', { admin })
  environment = await addEnvironment(acme, 'shop/dev', { owner: admin })
})

afterAll(() => bench.close())

test('nothing is issued until an administrator turns it on', async () => {
  expect((await bench.open(definition())).errors[0]).toContain('NotEnabled')
  await changeSettings(admin.actor, { organization: 'acme', identityTokens: true })
  expect((await bench.open(definition())).errors).toEqual([])
})

test('the output is a bare secret token, signed by the v2 issuer alone, with opaque ids', async () => {
  const opened = await bench.open(definition('duration: 5m'))
  expect(opened.secrets).toEqual(['token'])
  const token = String(opened.values.token)
  const keysOf = (issuer: string) => createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks`))
  const issuer = `${bench.issuer}/v2`
  const { payload } = await jwtVerify(token, keysOf(issuer), { issuer, audience: 'registry.example.com' })
  expect(payload.sub).toBe(`pulumi:org:${acme.id}:env:${environment.id}`)
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
  const claims = bench.issuer.replace('/oidc', '/claims')
  expect(payload).toMatchObject({
    [`${claims}/org`]: 'acme',
    [`${claims}/current_env_id`]: environment.id,
    [`${claims}/root_env`]: 'shop/dev',
    [`${claims}/actor`]: 'jane',
  })
  await expect(jwtVerify(token, keysOf(bench.issuer))).rejects.toThrow()
})

test('an unsaved text gets none', async () => {
  expect((await bench.open(definition(), { name: '<yaml>' })).errors[0]).toContain('NotStored')
})

test.each(['duration: 30s', 'duration: 2h', 'subjectAttributes: [pulumi.user.login]', 'other: 1'])(
  '%s is refused',
  async (inputs) => {
    expect((await bench.open(definition(inputs))).errors).toHaveLength(1)
  },
)

test('every token that is issued is in the audit log, also when the open fails', async () => {
  const save = (text: string) =>
    saveEnvironment(admin.actor, { organization: 'acme', project: 'shop', name: 'dev', definition: text })
  const open = () => openEnvironment(admin.actor, { organization: 'acme', project: 'shop', name: 'dev' })
  const issued = () => database().auditEvent.count({ where: { event: 'environment-oidc-token-issued' } })
  await save(definition())
  await open()
  expect(await issued()).toBe(1)
  await save(`${definition()}  bad: { fn::open::azure-login: { clientId: a, tenantId: b } }\n`)
  await expect(open()).rejects.toMatchObject({ code: 'diagnostics' })
  expect(await issued()).toBe(2)
})
