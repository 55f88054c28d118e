import { describe, expect, it } from 'vitest'
import { createLanguageService } from '../analysis'
import { encryptSecrets, removeValue, setData, setValue } from '.'
import { applyPatches, parseReference, reencode } from './reference'

const keep = async (text: string) => `c${text.length}`
const service = createLanguageService({ providers: [], environments: [] })

describe('E01 alias bomb', () => {
  const bomb = `a: &a [x]\n${Array.from({ length: 20_000 }, (_, at) => `k${at}: [*a, *a]`).join('\n')}\n`

  it('is refused by every edit and never expanded', async () => {
    expect(setValue(bomb, 'a', '1')).toMatchObject({ ok: false, code: 'edit.unreadable' })
    expect((await encryptSecrets(bomb, keep)).text).toBe(bomb)
    expect(applyPatches(bomb, [])).toMatchObject({ ok: false })
  })

  it('a plain anchor stays through an edit', () => {
    expect(setValue('a: &x 1\nb: 2\n', 'b', '3')).toMatchObject({ ok: true, text: 'a: &x 1\nb: 3\n' })
  })
})

describe('E02 depth', () => {
  it.each(['['.repeat(100_000), '{a: '.repeat(50_000), '- '.repeat(100_000), `a: ${'['.repeat(100_000)}`])(
    'ends in an answer: %#',
    async (text) => {
      expect(setValue(text, 'a', '1').ok).toBe(false)
      expect((await encryptSecrets(text, keep)).diagnostics).not.toEqual([])
      expect(reencode(text).diagnostics).not.toEqual([])
      expect(() => parseReference(text)).toThrow(/nested|expected|stream/)
      expect(service.complete(text, text.length)).toEqual([])
      expect(service.quickDiagnostics(text)).not.toEqual([])
    },
  )

  it('moderate nesting can be edited', () => {
    const path = Array.from({ length: 100 }, () => 'a')
    expect(setValue('{}\n', path, '1').ok).toBe(true)
  })
})

describe('E06 prototype keys', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is a key like any other', (key) => {
    const set = setData('values: {}\n', ['values', key, 'polluted'], 'yes')
    expect(set).toMatchObject({
      ok: true,
      text: `values:\n  ${key}:\n    polluted: yes\n`.replace('yes', '"yes"'),
    })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(removeValue('values: {a: 1}\n', ['values', key])).toMatchObject({
      ok: true,
      text: 'values: {a: 1}\n',
    })
    const text = `values:\n  ${key}: {x: 1}\n  b: $` + `{${key}.}\n`
    expect(service.complete(text, text.length - 2).map((item) => item.label)).toEqual(['x'])
  })
})

describe('E13 numbers, tags and documents', () => {
  it('only strings are sealed; anything else in fn::secret stops the edit', async () => {
    for (const value of ['1', '1_000', '.inf', '!!int "5"', 'null', '!!bool "true"']) {
      const text = `values:\n  a:\n    fn::secret: ${value}\n`
      expect(await encryptSecrets(text, keep)).toMatchObject({ text, sealed: 0 })
    }
    for (const value of ['yes', '2020-01-01', '!!str 1', '!js/function x', '1e999']) {
      expect((await encryptSecrets(`values:\n  a:\n    fn::secret: ${value}\n`, keep)).sealed).toBe(1)
    }
  })

  it('a secret in a later document does not stay behind', async () => {
    const { text, sealed } = await encryptSecrets('a: 1\n---\nb: {fn::secret: hunter2}\n', keep)
    expect([sealed, text.includes('hunter2')]).toEqual([1, false])
  })
})

it('W10 no message of an edit holds a value of the document', async () => {
  const text = 'values:\n  a: {fn::secret: [hunter2]}\n  b: "hunter2\n'
  const { diagnostics } = await encryptSecrets(text, keep)
  const others = [
    setValue('values: hunter2\n', 'values.a', '1'),
    setValue('values: {a: hunter2}\n', 'values.a', '[hunter2'),
  ]
  expect(JSON.stringify([diagnostics, others, service.quickDiagnostics(text)])).not.toContain('hunter2')
})
