import { expect, it } from 'vitest'
import { goQuote } from './go-quote'

it.each([
  ['', '""'],
  ['a b', '"a b"'],
  ['\u2ffc', '"\\u2ffc"'],
  ['"\\', '"\\"\\\\"'],
  ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
  ['\u0000\u001b\u007f', '"\\x00\\x1b\\x7f"'],
  ['$HOME `x` !', '"$HOME `x` !"'],
  ['é 漢 😀', '"é 漢 😀"'],
  ['\u00a0\u200b\ufeff', '"\\u00a0\\u200b\\ufeff"'],
  ['\u{10ffff}', '"\\U0010ffff"'],
])('quotes %j as Go does', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted)
})
