import { expect, test } from 'vitest'
import { Annotated, secret } from '@/lib/language'
import { markSecrets } from './mark'

test('marks what the schema calls secret, at any depth, and nothing else', () => {
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' }, login: { properties: { token: { secret: true } } } },
    additionalProperties: { secret: true },
  } as const
  const output = { name: 'a', login: { token: 't', kind: 'k' }, other: 1, absent: undefined }
  expect(markSecrets(output, schema)).toEqual({
    name: 'a',
    login: { token: secret('t'), kind: 'k' },
    other: secret(1),
  })
})

test('keeps marks that the provider made itself', () => {
  const own = new Annotated('x', { secret: true })
  expect(markSecrets({ own, open: 'y' }, true)).toEqual({ own, open: 'y' })
})

test('S06 a property called __proto__ is a property', () => {
  const marked = markSecrets(JSON.parse('{"__proto__":{"admin":true}}'), true)
  expect(Object.keys(marked ?? {})).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(marked)).toBe(Object.prototype)
})

test('refuses what JSON cannot hold', () => {
  expect(() => markSecrets({ n: Number.NaN }, true)).toThrow(TypeError)
})
