import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { openDefinition, type Provider, propertiesToJson } from '@/lib/language'
import { defineProvider } from './define'
import { ProviderFailure } from './failure'
import { languageSchema } from './schema'

const outputs = z.object({
  id: z.string(),
  absent: z.string().optional(),
  key: z.string().meta({ secret: true }),
  deep: z.object({ list: z.array(z.object({ token: z.string().meta({ secret: true }), n: z.number() })) }),
  map: z.record(z.string(), z.string().meta({ secret: true })),
})

const output = {
  id: 'plain',
  absent: undefined,
  key: 'k',
  deep: { list: [{ token: 't', n: 1 }] },
  map: { __proto__x: 'p', other: 'o' },
}

const inputs = z
  .strictObject({ port: z.number().optional(), a: z.string().optional(), b: z.string().optional() })
  .refine(({ a, b }) => a === undefined || b === undefined, 'give only one of a and b')

async function open(provider: Provider, given: string) {
  return openDefinition({
    name: 'p/e',
    definition: `values:\n  it:\n    fn::open::${provider.name}: ${given}\n`,
    providers: { provider: () => provider, rotator: () => undefined },
  })
}

describe('a provider', () => {
  const received: unknown[] = []
  const provider = defineProvider({
    name: 'test',
    description: 'a test',
    inputs,
    outputs,
    open: async (given) => {
      received.push(given)
      return { output }
    },
  })

  it('has its secrets masked at every depth, and nothing else', async () => {
    const { environment, diagnostics } = await open(provider, '{}')
    expect(diagnostics).toEqual([])
    expect(propertiesToJson(environment?.properties ?? {}, { secrets: 'redact' })).toEqual({
      it: {
        id: 'plain',
        key: '[secret]',
        deep: { list: [{ token: '[secret]', n: 1 }] },
        map: { __proto__x: '[secret]', other: '[secret]' },
      },
    })
  })

  it('takes numbers however they are written', async () => {
    await open(provider, '{ port: 5.432e3 }')
    expect(received.at(-1)).toEqual({ port: 5432 })
  })

  it('refuses what its schema cannot say, by place and rule', async () => {
    const { diagnostics } = await open(provider, '{ a: canary-a, b: canary-b }')
    expect(diagnostics).toMatchObject([{ code: 'provider', path: 'values.it' }])
    expect(diagnostics[0]?.summary).toContain('give only one of a and b')
    expect(JSON.stringify(diagnostics)).not.toContain('canary')
  })
})

it('S06: a provider may give a single secret, a hostile key, and nothing that is not JSON', async () => {
  const give = (value: unknown) =>
    defineProvider({
      name: 'test',
      description: 'a test',
      inputs: z.object({}),
      outputs: z.unknown().meta({ secret: true }),
      open: async () => ({ output: value }),
    })
  const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}')
  const { environment } = await open(give(hostile), '{}')
  expect(environment?.properties?.it).toMatchObject({ secret: true })
  expect(JSON.stringify(environment?.properties)).toContain('"constructor"')
  expect({}).not.toHaveProperty('polluted')
  for (const value of [() => 1, 10n, Symbol('s')]) {
    const { diagnostics } = await open(give(value), '{}')
    expect(diagnostics).toMatchObject([{ code: 'provider' }])
  }
})

it('a property for rotation only is listed by its object', () => {
  const type = z.object({
    plain: z.string(),
    login: z.object({ key: z.string() }).meta({ rotateOnly: true, description: 'managing' }),
    nested: z.object({ user: z.string().optional().meta({ rotateOnly: true }) }),
  })
  expect(languageSchema(type)).toMatchObject({
    rotateOnly: ['login'],
    properties: {
      login: { description: 'managing', type: 'object' },
      nested: { rotateOnly: ['user'], properties: { user: { type: 'string' } } },
    },
  })
  expect(JSON.stringify(languageSchema(type))).not.toContain('"rotateOnly":true')
})

it('refuses with what a person must know beside the sentence', async () => {
  const refusal = { provider: 'test', code: 'AccessDenied', answer: 'no', advice: 'Ask.' }
  const refusing = defineProvider({
    name: 'test',
    description: 'a test',
    inputs: z.object({}),
    outputs: z.object({}),
    open: async () => {
      throw new ProviderFailure(refusal)
    },
  })
  const { diagnostics } = await open(refusing, '{}')
  expect(diagnostics).toMatchObject([{ code: 'provider', summary: 'AccessDenied: no. Ask.', refusal }])
})

it('a whole number is a number of the language', () => {
  expect(languageSchema(z.object({ n: z.int().min(1), m: z.int().max(9).default(2) }))).toMatchObject({
    properties: {
      n: { type: 'number', multipleOf: 1, minimum: 1 },
      m: { type: 'number', multipleOf: 1, maximum: 9, default: 2 },
    },
  })
  expect(JSON.stringify(languageSchema(z.int()))).toBe('{"type":"number","multipleOf":1}')
})
