import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench
let folder: string

beforeAll(async () => {
  bench = await startProviderBench()
  folder = await mkdtemp(join(tmpdir(), 'openesc-stacks-'))
  const stacks = join(folder, 'acme', '.pulumi', 'stacks', 'shop')
  await mkdir(stacks, { recursive: true })
  const wrapped = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' }
  const outputs = {
    url: 'https://shop.example.com',
    password: { ...wrapped, plaintext: '"hunter2"' },
    sealed: { ...wrapped, ciphertext: 'v1:x' },
  }
  const latest = { resources: [{ urn: 'urn:1', type: 'pulumi:pulumi:Stack', outputs }] }
  await writeFile(join(stacks, 'prod.json'), JSON.stringify({ version: 3, checkpoint: { latest } }))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
  await bench.close()
})

const definition = (stack: string) =>
  `values: { s: { fn::open::pulumi-stacks: { stacks: { shop: { stack: ${stack} } } } } }`

test('without a source it says so', async () => {
  expect((await bench.open(definition('shop/prod'))).errors[0]).toContain('no stack-output source configured')
})

test('outputs of a stack in a folder, secret ones secret', async () => {
  process.env.OPENESC_STACK_STATE_DIR = folder
  bench.redirect({})
  const opened = await bench.open(definition('shop/prod'))
  expect(opened.errors).toEqual([])
  expect(opened.values).toEqual({ s: { shop: { url: 'https://shop.example.com', password: 'hunter2' } } })
  expect(opened.secrets).toEqual(['s.shop.password'])
})

test.each(['shop/absent', '../shop', './..'])('%s is not found', async (stack) => {
  expect((await bench.open(definition(stack))).errors[0]).toContain('NotFound')
})
