import { describe, expect, it } from 'vitest'
import { JsonNumber } from './json'
import { stringifyJson } from './json-write'

describe('writing a result as JSON', () => {
  const when = new Date(0)
  const plain = { a: [1, undefined, null], b: undefined, c: { d: 'x"\u2028', e: true }, when }

  it('leaves undefined members out and keeps the order of the others', () => {
    expect(stringifyJson(plain)).toBe(JSON.stringify(plain))
    expect(stringifyJson(undefined)).toBe('null')
  })

  it('writes numbers as they were written, wherever they stand', () => {
    const exact = new JsonNumber('18446744073709551615')
    expect(stringifyJson(exact)).toBe('18446744073709551615')
    expect(stringifyJson({ ...plain, n: [{ exact }] })).toBe(
      JSON.stringify({ ...plain, n: [{ exact: 0 }] }).replace('"exact":0', '"exact":18446744073709551615'),
    )
  })
})
