import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../../../tests/peers/double'
import { startConnect } from '../../../tests/peers/onepassword'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

const vault = 'a'.repeat(26)
const section = { id: 's1', label: 'Database' }
let bench: ProviderBench
let connect: Double

beforeAll(async () => {
  bench = await startProviderBench()
  const twin = { title: 'twin', fields: [] }
  connect = await startConnect({
    token: 'the connect token',
    vaults: [
      {
        id: vault,
        name: 'Shop',
        items: [
          {
            id: 'b'.repeat(26),
            title: 'db prod',
            sections: [section],
            fields: [
              { id: 'password', label: 'password', value: 'hunter2' },
              { id: 'f2', label: 'password', value: 'in the section', section: { id: 's1' } },
              { id: 'f3', label: 'code', value: 'otpauth://…', totp: '123456' },
            ],
          },
          { ...twin, id: 'c'.repeat(26) },
          { ...twin, id: 'd'.repeat(26) },
        ],
      },
    ],
  })
})

afterAll(async () => {
  await connect.stop()
  await bench.close()
})

const definition = (get: string, token = 'the connect token') => `
values:
  secrets:
    fn::open::1password-secrets:
      login: { connect: { host: "${connect.url}", token: { fn::secret: ${token} } } }
      get:
        ${get}
`

test('references by name, id, section and attribute', async () => {
  connect.requests.length = 0
  const opened = await bench.open(
    definition(`a: { ref: op://Shop/db prod/password }
        b: { ref: op://${vault}/db prod/Database/password }
        c: { ref: "op://Shop/db prod/code?attribute=otp" }`),
  )
  expect(opened.errors).toEqual([])
  expect(opened.values).toEqual({ secrets: { a: 'hunter2', b: 'in the section', c: '123456' } })
  expect(opened.secrets).toEqual(expect.arrayContaining(['secrets.a', 'secrets.b', 'secrets.c']))
  // The vault, the item's id and the item, each asked for once.
  expect(connect.requests).toHaveLength(3)
})

test.each([
  ['an absent vault', 'a: { ref: op://Other/db prod/password }', 'NotFound: the vault'],
  ['an absent field', 'a: { ref: op://Shop/db prod/user }', 'NotFound: the field'],
  ['two items of one name', 'a: { ref: op://Shop/twin/password }', 'Ambiguous'],
  ['S05 a quote in a name', 'a: { ref: \'op://Shop/x" or title eq "db/password\' }', 'InvalidInputs'],
  ['too few parts', 'a: { ref: op://Shop/db }', 'InvalidInputs'],
])('%s is told by its code', async (_, get, words) => {
  const { errors } = await bench.open(definition(get))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(words)
})

test('a wrong token is refused without being shown', async () => {
  const { errors } = await bench.open(definition('a: { ref: op://Shop/db prod/password }', 'wrong one'))
  expect(errors[0]).toContain('Unauthorized')
  expect(errors[0]).not.toContain('wrong one')
})

test('a service account is refused with the reason', async () => {
  const { errors } = await bench.open(
    'values: { s: { fn::open::1password-secrets: { login: { serviceAccountToken: ops_x }, get: { a: { ref: op://a/b/c } } } } }',
  )
  expect(errors[0]).toContain('NotSupported')
})
