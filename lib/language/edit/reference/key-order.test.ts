import { describe, expect, it } from 'vitest'
import { compareYamlKeys } from './key-order'

describe('the order of keys in YAML data', () => {
  it.each([
    ['numbers by their value', ['a2', 'a10', 'ab']],
    ['letters behind everything else', ['a-b', 'a.b', 'ab']],
    ['a prefix first', ['a', 'a1', 'aa']],
    ['numbers beyond 64 bits wrapped', ['12345678901234567890', '9']],
    ['digits of other scripts by their code', ['9', '١']],
    ['zeros behind a digit as what follows it', ['1a', '10', '100']],
  ])('%s', (_rule, keys) => {
    expect([...keys].reverse().sort(compareYamlKeys)).toEqual(keys)
  })
})
