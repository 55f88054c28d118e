import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, type Limits, openDefinition } from '@/lib/language'
import { findings, options, recordingProviders, textLoader } from './support'

async function codes(
  definition: string,
  limits: Partial<Limits> = {},
  rest: Parameters<typeof options>[1] = {},
) {
  const result = await openDefinition(options(definition, { ...rest, limits }))
  return result.diagnostics.map(({ code }) => code)
}

const children = { a: 'values: {a: 1}', b: 'values: {b: 1}', c: 'values: {c: 1}' }

/** A definition on either side of each limit. */
const cases: readonly { code: string; limits: Partial<Limits>; within: string; beyond: string }[] = [
  {
    code: 'limit.bytes',
    limits: { definitionBytes: 20 },
    within: 'values: {a: é}',
    beyond: 'values: {a: ééééé}',
  },
  { code: 'limit.nodes', limits: { nodes: 6 }, within: 'values: {a: 1}', beyond: 'values: {a: 1, b: 2}' },
  { code: 'limit.depth', limits: { depth: 3 }, within: 'values: {a: [1]}', beyond: 'values: {a: [[1]]}' },
  {
    code: 'limit.aliases',
    limits: { aliases: 1 },
    within: 'values: {a: &a 1}',
    beyond: 'values: {a: &a 1, b: &b 2}',
  },
  {
    code: 'limit.imports',
    limits: { imports: 2 },
    within: 'imports: [a, b, a]',
    beyond: 'imports: [a, b, c]',
  },
  {
    code: 'limit.calls',
    limits: { calls: 1 },
    within: 'values: {a: {fn::open::any: {}}}',
    beyond: 'values: {a: {fn::open::any: {}}, b: {fn::open::any: {}}}',
  },
  {
    code: 'limit.values',
    limits: { values: 60 },
    within: 'values: {a: 1}',
    beyond: `values: {a: [${'1,'.repeat(60)}]}`,
  },
  {
    code: 'limit.output',
    limits: { outputBytes: 20 },
    within: 'values: {a: long, b: "${a}${a}"}',
    beyond: 'values: {a: long, b: "${a}${a}${a}", c: "${b}${b}"}',
  },
]

describe('limits', () => {
  it.each(cases)('$code', async ({ code, limits, within, beyond }) => {
    const rest = () => ({ loader: textLoader(children), providers: recordingProviders({ any: () => ({}) }) })
    expect(await codes(within, limits, rest())).toEqual([])
    expect(await codes(beyond, limits, rest())).toEqual([code])
  })

  it('limit.time ends waiting', async () => {
    const providers = recordingProviders({ hang: () => new Promise(() => {}) })
    expect(await codes('values: {a: {fn::open::hang: {}}}', { milliseconds: 20 }, { providers })).toEqual([
      'limit.time',
    ])
  })

  it('limit.time ends computing', async () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `  a${i + 1}: ["\${a${i}}", "\${a${i}}"]\n`).join(
      '',
    )
    const started = performance.now()
    expect(await codes(`values:\n  a0: 1\n${doubling}`, { milliseconds: 50 })).toEqual(['limit.time'])
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('evaluates chains of references of any length', async () => {
    const links = Array.from({ length: 3000 }, (_, i) => `  a${i}: \${a${i + 1}}\n`).join('')
    const result = await openDefinition(options(`values:\n${links}  a3000: end\n`))
    expect(findings(result)).toEqual([])
    expect(result.environment?.properties?.a0?.value).toBe('end')
  })

  it('finds cycles of any length', async () => {
    const links = Array.from({ length: 3000 }, (_, i) => `  a${i}: \${a${(i + 1) % 3000}}\n`).join('')
    expect(await codes(`values:\n${links}`)).toEqual(['limit.depth'])
  })

  it('refuses values that references nest too deeply', async () => {
    const layers = Array.from({ length: 3000 }, (_, i) => `  a${i + 1}: ["\${a${i}}"]\n`).join('')
    const found = await codes(`values:\n  a0: 1\n${layers}`)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^limit\./)
  })

  it('have defaults for everything', () => {
    expect(Object.values(DEFAULT_LIMITS).every((limit) => limit > 0)).toBe(true)
  })
})
