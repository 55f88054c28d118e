/** S09: a definition reaches what it is given, and nothing of the machine that evaluates it. */
import childProcess from 'node:child_process'
import dns from 'node:dns'
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDefinition, propertiesToJson } from '@/lib/language'
import { options } from './support'

const canary = 'canary-of-the-machine'
const root = fileURLToPath(new URL('../../lib/language', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'openesc-exfiltration-'))
  writeFileSync(join(folder, 'file'), canary)
  process.env.OPENESC_TEST_CANARY = canary
})

afterEach(() => void vi.restoreAllMocks())

afterAll(() => {
  rmSync(folder, { recursive: true })
  Reflect.deleteProperty(process.env, 'OPENESC_TEST_CANARY')
})

/** Every door of the machine, watched. */
function doors() {
  return [
    vi.spyOn(dns, 'lookup'),
    vi.spyOn(dns.promises, 'lookup'),
    vi.spyOn(net.Socket.prototype, 'connect'),
    vi.spyOn(globalThis, 'fetch'),
    vi.spyOn(childProcess, 'spawn'),
    vi.spyOn(fs, 'readFileSync'),
    vi.spyOn(fs, 'readFile'),
    vi.spyOn(fs, 'openSync'),
  ]
}

async function evaluate(values: string) {
  const watched = doors()
  const { environment, diagnostics } = await openDefinition(options(`values:\n${values}`))
  const used = watched.filter(({ mock }) => mock.calls.length > 0).map((door) => door.getMockName())
  const shown = JSON.stringify(propertiesToJson(environment?.properties ?? {}, { secrets: 'show' }))
  return { shown, diagnostics, used }
}

const attempts: [string, () => string][] = [
  ['a variable of the server', () => '  x: ${env.OPENESC_TEST_CANARY}\n'],
  ['a variable through the process', () => '  x: ${process.env.OPENESC_TEST_CANARY}\n'],
  ['a variable through the context', () => '  x: ${context.process.env.OPENESC_TEST_CANARY}\n'],
  ['a constructor', () => '  a: []\n  x: ${a.constructor.constructor}\n'],
  ['a prototype', () => '  a: {}\n  x: ${a.__proto__.constructor}\n'],
  ['the shell', () => '  x: { fn::exec: "cat file" }\n'],
  ['a file', () => `  x: { fn::readFile: ${join(folder, 'file')} }\n`],
  ['a file as an asset', () => `  x: { fn::fileAsset: ${join(folder, 'file')} }\n`],
  ['a request', () => '  x: { fn::http: http://127.0.0.1/ }\n'],
  ['a name to be resolved', () => '  x: { fn::dns: canary.example.com }\n'],
  ['a variable by a function', () => '  x: { fn::getenv: OPENESC_TEST_CANARY }\n'],
]

describe('S09: a definition', () => {
  it.each(attempts)('does not reach %s', async (_, values) => {
    const { shown, diagnostics, used } = await evaluate(values())
    expect(diagnostics).not.toEqual([])
    expect(`${shown} ${JSON.stringify(diagnostics)}`).not.toContain(canary)
    expect(used).toEqual([])
  })

  it('computes from what it is given with every function, touching nothing', async () => {
    const { shown, diagnostics, used } = await evaluate(
      [
        '  a: { fn::join: [",", [one, two]] }',
        '  b: { fn::toBase64: "${a}" }',
        '  c: { fn::fromBase64: "${b}" }',
        '  d: { fn::toJSON: { k: "${c}" } }',
        '  e: { fn::fromJSON: "${d}" }',
        '  f: { fn::split: [",", "${e.k}"] }',
        '  g: { fn::concat: ["${f}", [three]] }',
        '  h: { fn::toString: 1 }',
        '  i: { fn::secret: s }',
        '',
      ].join('\n'),
    )
    expect(diagnostics).toEqual([])
    expect(JSON.parse(shown)).toMatchObject({ g: ['one', 'two', 'three'], c: 'one,two' })
    expect(used).toEqual([])
  })

  it('is evaluated by code that has no door to the machine', () => {
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))
    expect(sources.length).toBeGreaterThan(50)
    // Methods of classes may have any name.
    const open =
      /from 'node:|[^.\w]require\('|await import\(|\bprocess\.(env|binding|dlopen)|[^.#\w](?<!private )fetch\(|[^.\w]eval\(|new Function\(/
    expect(sources.filter(({ text }) => open.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('is watched by doors that notice', () => {
    const watched = doors()
    fs.readFileSync(join(folder, 'file'))
    expect(watched.filter(({ mock }) => mock.calls.length > 0)).not.toEqual([])
  })
})
