import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../../../tests/peers/double'
import { startTerraformCloud, type TerraformCloudOptions } from '../../../tests/peers/terraform-cloud'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

const state = {
  version: 4,
  terraform_version: '1.14.0',
  serial: 3,
  outputs: {
    url: { value: 'https://shop.example.com', type: 'string' },
    password: { value: 'hunter2', type: 'string', sensitive: true },
    subnets: { value: ['a', 'b'], type: ['list', 'string'] },
  },
  resources: [],
}
const service = { token: 'the api token', organization: 'acme', workspace: 'shop', state }
let bench: ProviderBench
const doubles: Double[] = []

beforeAll(async () => {
  bench = await startProviderBench()
})

afterAll(async () => {
  await Promise.all(doubles.map((each) => each.stop()))
  await bench.close()
})

async function serve(options: Partial<TerraformCloudOptions> = {}): Promise<Double> {
  const double = await startTerraformCloud({ ...service, ...options })
  doubles.push(double)
  bench.redirect({
    'https://app.terraform.io': double.url,
    'https://archivist.terraform.io': double.url,
    'https://store.example.com': double.url,
  })
  return double
}

const definition = ({ token = 'the api token', workspace = 'shop' } = {}) => `
values:
  tf:
    fn::open::terraform-state:
      backend:
        remote: { organization: acme, workspace: ${workspace}, token: { fn::secret: ${token} } }
  first: \${tf.outputs.subnets[0]}
`

test('outputs of a workspace, the sensitive ones secret and no others', async () => {
  const cloud = await serve()
  const opened = await bench.open(definition())
  expect(opened.errors).toEqual([])
  expect(opened.values).toEqual({
    tf: { outputs: { url: 'https://shop.example.com', password: 'hunter2', subnets: ['a', 'b'] } },
    first: 'a',
  })
  expect(opened.secrets).toEqual(['tf.outputs.password'])
  expect(cloud.requests).toHaveLength(3)
})

test('S03 the token does not follow to another host', async () => {
  const cloud = await serve({ sentOn: 'https://store.example.com/elsewhere' })
  expect((await bench.open(definition())).errors).toEqual([])
  expect(cloud.requests.at(-1)).toMatchObject({ path: '/elsewhere' })
  expect(cloud.requests.at(-1)?.headers.authorization).toBeUndefined()
})

test('S03 an address of a file elsewhere is asked without the token', async () => {
  await serve({ downloadUrl: 'https://store.example.com/elsewhere' })
  expect((await bench.open(definition())).errors).toEqual([])
})

test('S01 being sent on to a private address is refused', async () => {
  await serve({ sentOn: 'https://10.0.0.1/elsewhere' })
  expect((await bench.open(definition())).errors[0]).toContain('RefusedAddress')
})

test.each([
  ['a wrong token', { token: 'wrong one' }, 'Unauthorized'],
  ['an unknown workspace', { workspace: 'other' }, 'NotFound'],
])('%s is told by its code', async (_, parts, code) => {
  await serve()
  const { errors } = await bench.open(definition(parts))
  expect(errors[0]).toContain(code)
  expect(errors[0]).not.toContain('wrong one')
})

test('a file of another form is refused', async () => {
  await serve({ state: { version: 3 } })
  expect((await bench.open(definition())).errors[0]).toContain('InvalidAnswer')
})
