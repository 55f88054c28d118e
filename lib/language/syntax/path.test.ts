import { describe, expect, it } from 'vitest'
import { parsePropertyPath } from './path'

describe('indices of property paths', () => {
  it.each([
    ['a[+7]', ['a', 7]],
    ['[-1].b', [-1, 'b']],
    ['[007]', [7]],
    ['[*]', ['*']],
  ])('%s is a path', (text, path) => {
    expect(parsePropertyPath(text)).toEqual({ ok: true, path })
  })

  it.each([
    ['[x]', 'parsing "x": invalid syntax'],
    ['[]', 'parsing "": invalid syntax'],
    ['[1_0]', 'parsing "1_0": invalid syntax'],
    ['[é\u007f]', 'parsing "é\\x7f": invalid syntax'],
    ['[9223372036854775808]', 'parsing "9223372036854775808": value out of range'],
    ['[-9223372036854775809]', 'parsing "-9223372036854775809": value out of range'],
  ])('%s is refused', (text, message) => {
    const parsed = parsePropertyPath(text)
    expect(parsed.ok ? '' : parsed.message).toBe(`invalid array index: strconv.ParseInt: ${message}`)
  })
})
