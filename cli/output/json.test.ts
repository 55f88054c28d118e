import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../client/json'
import { writeJson } from './json'

const compact = { indent: 0, sorted: false }

describe('JSON', () => {
  it.each([
    '3.10',
    '1e3',
    '-0',
    '123456789012345678901234567890',
    '{"a":[1.0,{"__proto__":null}],"2":true,"1":false}',
    '[]',
    '{}',
    '""',
  ])('keeps %s as it is', (text) => {
    expect(writeJson(parseJson(text), compact)).toBe(text)
  })

  it('escapes what Go escapes', () => {
    const text = '<a> & "b"\\\n\r\t\b\f\u0001\u2028\u2029é'
    expect(writeJson(text, compact)).toBe(
      '"\\u003ca\\u003e \\u0026 \\"b\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u2028\\u2029é"',
    )
  })

  it('sorts maps by bytes and leaves out undefined members', () => {
    const map = new Map([
      ['\u{10000}', 1],
      ['\uffff', 2],
      ['b', 3],
      ['B', 4],
    ])
    expect(writeJson({ z: map, y: undefined, a: [] })).toBe(
      '{\n  "z": {\n    "B": 4,\n    "b": 3,\n    "\uffff": 2,\n    "\u{10000}": 1\n  },\n  "a": []\n}',
    )
  })

  it.each(['', '{', '[1,]', '{"a" 1}', '01', '1.', 'nul', '"\n"', '"\\x"', '1 2', '{"a":1,}', "'a'"])(
    'refuses %j',
    (text) => {
      expect(() => parseJson(text)).toThrow(/^invalid JSON at offset \d+$/)
    },
  )

  it('agrees with the platform on every document', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(writeJson(parseJson(text), compact))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('refuses what is nested too deeply instead of overflowing', () => {
    expect(() => parseJson('['.repeat(20_000))).toThrow(/^invalid JSON/)
  })
})
