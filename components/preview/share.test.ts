import { expect, it } from 'vitest'
import { share } from './share'

const parse = (text: string) => JSON.parse(text)

it('keeps what says the same and tells what does not', () => {
  const before = parse('{"a":[1,{"x":null}],"b":{"y":1},"__proto__":[0]}')
  expect(share(before, structuredClone(before))).toBe(before)
  const now = share(before, parse('{"a":[1,{"x":null}],"b":{"y":2},"__proto__":[0]}'))
  expect(now).toEqual(parse('{"a":[1,{"x":null}],"b":{"y":2},"__proto__":[0]}'))
  expect([now.a === before.a, now.b === before.b]).toEqual([true, false])
})

it('mistakes nothing for something else', () => {
  const pairs = [
    '[]|{}',
    '{"a":1}|{"a":1,"b":2}',
    '{"a":1,"b":2}|{"a":1}',
    '[1]|["1"]',
    '[null]|[0]',
    '{"a":1}|{"b":1}',
  ]
  for (const pair of pairs) {
    const [before, now] = pair.split('|').map(parse)
    expect(JSON.stringify(share(before, structuredClone(now)))).toBe(JSON.stringify(now))
  }
})
