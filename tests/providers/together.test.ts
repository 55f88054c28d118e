/** Calls of one environment start together, and none waits for another that hangs. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDefinition, propertiesToJson } from '@/lib/language'
import { providerRegistry } from '@/lib/providers/registry'
import { type Double, startDouble } from '@/tests/peers/double'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'

const calls = 20
let bench: ProviderBench
let service: Double
let arrived = 0
let allArrived = () => {}
const all = new Promise<void>((resolve) => {
  allArrived = resolve
})

beforeAll(async () => {
  bench = await startProviderBench()
  service = await startDouble(async ({ path }) => {
    if (path.startsWith('/hang')) await new Promise(() => {})
    if (path.startsWith('/together')) {
      arrived++
      if (arrived === calls) allArrived()
      await all
    }
    return { status: 200, body: { path } }
  })
  bench.redirect({ 'https://service.example.com': service.url })
})

afterAll(async () => {
  await service.stop()
  await bench.close()
})

function call(name: string, path: string): string {
  return `  ${name}:\n    fn::open::external: { url: "https://service.example.com/${path}", secret: false }\n`
}

test('twenty calls to a service that answers only when all have arrived succeed', async () => {
  const names = Array.from({ length: calls }, (_, at) => `v${at}`)
  const definition = `values:\n${names.map((name) => call(name, `together/${name}`)).join('')}`
  const { values, errors } = await bench.open(definition)
  expect(errors).toEqual([])
  expect(values).toEqual(
    Object.fromEntries(names.map((name) => [name, { response: { path: `/together/${name}` } }])),
  )
})

test('one that hangs costs its own deadline and nothing else', async () => {
  const definition = `values:\n${call('hangs', 'hang')}${call('answers', 'quick')}  uses: \${answers.response.path}\n`
  const began = performance.now()
  const { environment, diagnostics } = await openDefinition({
    name: 'shop/dev',
    definition,
    organization: 'acme',
    principal: { login: 'jane', token: { type: 'personal', name: 'laptop' } },
    providers: providerRegistry,
    limits: { callMilliseconds: 1500 },
  })
  const milliseconds = performance.now() - began
  expect(diagnostics).toMatchObject([{ code: 'limit.time', path: 'values.hangs' }])
  const shown = propertiesToJson(environment?.properties ?? {}, { secrets: 'show' })
  expect(shown).toMatchObject({
    answers: { response: { path: '/quick' } },
    uses: '/quick',
    hangs: '[unknown]',
  })
  // Far from the 60 s that a call has by default, and from the 120 s of an evaluation.
  expect(milliseconds).toBeLessThan(20_000)
})
