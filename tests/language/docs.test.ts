import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  checkDefinition,
  DEFAULT_LIMITS,
  type EvaluationOptions,
  openDefinition,
  type Provider,
  type ProviderRegistry,
  type Rotator,
  secret,
  stringifyJson,
} from '@/lib/language'
import { BUILTINS } from '@/lib/language/builtins'
import { canonical, parse } from '../conformance/json'
import { textLoader, valuesOf } from './support'

const page = readFileSync(join(import.meta.dirname, '../../docs/language.md'), 'utf8')

interface Block {
  readonly info: string
  readonly text: string
}

interface Example {
  readonly title: string
  readonly definitions: readonly string[]
  readonly expectations: readonly Block[]
}

/** Definitions that stand together, and what stands under them. The last one is evaluated, the others have a name. */
function readExamples(): readonly Example[] {
  const examples: { title: string; definitions: string[]; expectations: Block[] }[] = []
  let title = ''
  for (const match of page.matchAll(/^#+ (.*)$|^```(.*)\n([\s\S]*?)^```$/gm)) {
    const [, heading, info, text = ''] = match
    if (heading !== undefined) title = heading
    const current = examples.at(-1)
    if (info === 'yaml' && (current === undefined || current.expectations.length > 0)) {
      examples.push({ title, definitions: [text], expectations: [] })
    } else if (info === 'yaml') {
      current?.definitions.push(text)
    } else if (info !== undefined) {
      current?.expectations.push({ info, text })
    }
  }
  return examples
}

const provider: Provider = {
  name: 'example',
  schema: () => ({ inputs: { type: 'object' }, outputs: true }),
  open: ({ role }) => ({ output: { user: `${role}@example`, token: secret('t0k3n') } }),
}

const rotator: Rotator = {
  name: 'example-pair',
  schema: () => ({ inputs: true, state: true, outputs: true }),
  open: (_inputs, _state, { annotatedState }) => ({ output: annotatedState }),
  rotate: (_inputs, state) => state,
}

const providers: ProviderRegistry = {
  provider: (name) => (name === 'example' ? provider : undefined),
  rotator: (name) => (name === 'example-pair' ? rotator : undefined),
}

function optionsOf({ definitions }: Example): EvaluationOptions {
  const named = definitions.slice(0, -1).map((text) => [/^# (.*)$/m.exec(text)?.[1] ?? '', text] as const)
  const loader = textLoader(Object.fromEntries(named))
  return { name: 'env', definition: definitions.at(-1) ?? '', loader, providers }
}

async function expectExample(example: Example): Promise<void> {
  const options = optionsOf(example)
  const opened = await openDefinition(options)
  const checked = await checkDefinition(options)
  for (const { info, text } of example.expectations) {
    if (info === 'text findings') continue
    const result = info === 'json check' ? checked : opened
    expect(canonical(parse(stringifyJson(valuesOf(result, 'redact'))))).toBe(canonical(parse(text)))
  }
  const findings = example.expectations
    .filter(({ info }) => info === 'text findings')
    .map(({ text }) => text.trim())
  expect(opened.diagnostics.map(({ severity, summary }) => `${severity}: ${summary}`)).toEqual(findings)
}

describe('docs/language.md', () => {
  const examples = readExamples()

  it.each(examples)('$title', async (example) => {
    expect(example.expectations.length).toBeGreaterThan(0)
    await expectExample(example)
  })

  it('has an example for every function', () => {
    const definitions = examples.flatMap(({ definitions: texts }) => texts).join('')
    for (const name of BUILTINS.keys()) expect(definitions).toContain(name)
  })

  it('names the limits that hold', () => {
    const listed = [...page.matchAll(/^\| +`limit\.\w+` +\| .*\| +([\d,]+) +\|$/gm)].map(
      ([, text = '']) => text,
    )
    const numbers = listed.map((text) => Number(text.replaceAll(',', '')))
    const ascending = (list: readonly number[]) => list.toSorted((a, b) => a - b)
    expect(ascending(numbers)).toEqual(ascending(Object.values(DEFAULT_LIMITS)))
  })
})
