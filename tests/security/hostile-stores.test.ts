/** S06: a store that answers with something else than it documents gives a finding, never half a value. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Double, type DoubleAnswer, startDouble } from '../peers/double'
import { type ProviderBench, startProviderBench } from '../support/providers'

let bench: ProviderBench
let store: Double
let answer: DoubleAnswer

beforeAll(async () => {
  bench = await startProviderBench()
  store = await startDouble(() => answer)
  const origins = ['https://vault.example.com', 'https://api.doppler.com', 'https://adapter.example.com']
  bench.redirect(Object.fromEntries(origins.map((origin) => [origin, store.url])))
})

afterAll(async () => {
  await store.stop()
  await bench.close()
})

const token = 'canary-token'
const stores: Record<string, string> = {
  vault: `{ fn::open::vault-secrets: { login: { address: "https://vault.example.com", token: { fn::secret: ${token} } }, read: { a: { path: secret/data/a } } } }`,
  doppler: `{ fn::open::doppler-secrets: { login: { accessToken: { fn::secret: ${token} } }, project: p, config: c, get: { a: { name: A } } } }`,
  adapter: `{ fn::open::external: { url: "https://adapter.example.com/x", request: { token: { fn::secret: ${token} } } } }`,
}

/** Text is sent as it is. */
const wrong: [string, DoubleAnswer][] = [
  ['a page of HTML', { status: 200, body: `<html><script>${token}</script></html>` }],
  ['a list', { status: 200, body: '[1, 2]' }],
  ['a number', { status: 200, body: '7' }],
  ['nothing', { status: 200, body: '' }],
  ['half of it', { status: 200, body: '{"data":{"data":{"a":' }],
  ['more than anybody reads', { status: 200, body: `{"a":"${'x'.repeat(8 * 1024 * 1024)}"}` }],
  ['a million keys', { status: 200, body: `{${'"k":1,'.repeat(1_000_000)}"a":1}` }],
  ['a refusal in HTML', { status: 500, body: `<h1>${token}</h1>` }],
]

describe.each(Object.entries(stores))('S06: %s', (_, call) => {
  it.each(wrong)('%s is no answer', async (_, given) => {
    answer = given
    const { errors, values } = await bench.open(`values:\n  it: ${call}\n`)
    expect(errors).toHaveLength(1)
    expect(errors[0]).not.toContain(token)
    expect(errors[0]).not.toContain('<')
    expect(errors[0]?.length).toBeLessThan(1000)
    expect(values.it).toBeUndefined()
  })
})

describe('S06: values', () => {
  const read = async (body: string) => {
    answer = { status: 200, body }
    return bench.open(`values:\n  it: ${stores.adapter}\n`)
  }

  it('under the names of prototypes are values, and change nothing else', async () => {
    const { values, errors } = await read('{"__proto__":{"polluted":1},"constructor":"c","toString":"t"}')
    expect(errors).toEqual([])
    expect(JSON.stringify(values.it)).toContain('"constructor":"c"')
    expect({}).not.toHaveProperty('polluted')
  })

  it('that look like calls or references are text', async () => {
    const { values, errors } = await read('{"a":"${it}","b":{"fn::secret":"x"},"c":"<script>1</script>"}')
    expect(errors).toEqual([])
    expect(values.it).toEqual({
      response: { a: '${it}', b: { 'fn::secret': 'x' }, c: '<script>1</script>' },
    })
  })
})
