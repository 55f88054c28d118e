/** The code of docs/writing-a-provider.md, as it stands there, opens and rotates. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDefinition, type Provider, propertiesToJson, rotateDefinition } from '@/lib/language'
import { projectRoot } from '@/lib/project-root'
import { type JournaledRotator, withJournal } from '@/lib/rotators/define'
import type { Step } from '@/lib/rotators/journal'
import { type Double, startDouble } from '@/tests/peers/double'
import { type ProviderBench, startProviderBench } from '@/tests/support/providers'

const page = readFileSync(join(projectRoot(), 'docs', 'writing-a-provider.md'), 'utf8')
const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, text = '']) => text)

// Below the tests, because the code imports by the aliases and packages of the project.
const folder = mkdtempSync(join(projectRoot(), 'tests', 'docs', 'page-'))
const principal = { login: 'jane', token: { type: 'personal', name: 'laptop' } } as const
let bench: ProviderBench
let acme: Double

beforeAll(async () => {
  bench = await startProviderBench()
  acme = await startDouble(({ path, headers }) => {
    if (headers.authorization !== 'Bearer canary-token') return { status: 401 }
    return path === '/v1/secrets/db' ? { status: 200, body: { value: 'hunter2' } } : { status: 404 }
  })
  bench.redirect({ 'https://api.acme.example': acme.url })
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await acme.stop()
  await bench.close()
})

/** Writes the block that holds a name into a folder of its own, and loads it. */
async function load(room: 'providers' | 'rotators', exported: string): Promise<Record<string, unknown>> {
  const text = blocks.find((block) => block.includes(`export const ${exported}`)) ?? ''
  const place = join(folder, room, exported)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'index.ts'), text.replaceAll("from '../", `from '@/lib/${room}/`))
  writeFileSync(
    join(place, 'tokens.ts'),
    'export const given: unknown[] = []\nexport const setToken = async (...call: unknown[]) => void given.push(call[1])\n',
  )
  return import(join(place, 'index.ts'))
}

describe('the provider', () => {
  it('opens what is there, and says what is not', async () => {
    const { acmeSecrets } = await load('providers', 'acmeSecrets')
    // The page says that it is one.
    const provider = acmeSecrets as Provider
    const open = (name: string) =>
      openDefinition({
        name: 'shop/dev',
        definition: `values:
  it: { fn::open::acme-secrets: { token: { fn::secret: canary-token }, get: { mine: { name: ${name} } } } }
`,
        organization: 'acme',
        principal,
        providers: { provider: () => provider, rotator: () => undefined },
      })
    const { environment, diagnostics } = await open('db')
    expect(diagnostics).toEqual([])
    const properties = environment?.properties ?? {}
    expect(propertiesToJson(properties, { secrets: 'show' })).toEqual({ it: { mine: 'hunter2' } })
    expect(propertiesToJson(properties, { secrets: 'redact' })).toEqual({ it: { mine: '[secret]' } })
    expect((await open('absent')).diagnostics).toMatchObject([
      { summary: expect.stringContaining('NotFound: Acme has no "get.mine"') },
    ])
  })
})

describe('the rotator', () => {
  it('takes turns, and takes up what was interrupted', async () => {
    const { acmeToken } = await load('rotators', 'acmeToken')
    // The page says that it is one.
    const journaled = acmeToken as JournaledRotator
    const { given } = await import(join(folder, 'rotators', 'acmeToken', 'tokens.ts'))
    const steps: Step[] = []
    const journal = { find: async () => steps.at(-1), keep: async (step: Step) => void steps.push(step) }
    const rotator = withJournal(journaled, () => journal)
    const rotate = async () => {
      const { rotations } = await rotateDefinition({
        name: 'shop/dev',
        definition: `values:
  it: { fn::rotate::acme-token: { inputs: { login: { token: t }, names: [one, two] } } }
`,
        organization: 'acme',
        principal,
        providers: { provider: () => undefined, rotator: () => rotator },
      })
      return rotations[0]?.status
    }
    expect(await rotate()).toBe('succeeded')
    const [plan] = given
    expect(plan).toMatchObject({ name: 'one' })
    // Killed before the state was kept: the same plan is applied again.
    steps.splice(1)
    expect(await rotate()).toBe('succeeded')
    expect(given).toEqual([plan, plan])
    // Killed after it was kept: nothing is called again.
    expect(await rotate()).toBe('succeeded')
    expect(given).toHaveLength(2)
  })
})
