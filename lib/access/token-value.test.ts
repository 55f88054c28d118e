import { expect, it } from 'vitest'
import { hashTokenValue, looksLikeToken, newTokenValue, tokenHint, withPulumiPrefix } from './token-value'

it('makes tokens that a scanner recognizes', () => {
  const value = newTokenValue()
  expect(value).toMatch(/^esc-[0-9A-Za-z]{44}$/)
  expect(looksLikeToken(value)).toBe(true)
  expect(looksLikeToken(withPulumiPrefix(value))).toBe(true)
  expect(tokenHint(value)).toBe(value.slice(-4))
})

it('tells a mistyped token by its check', () => {
  const value = newTokenValue()
  const at = 10
  const other = value[at] === 'a' ? 'b' : 'a'
  expect(looksLikeToken(value.slice(0, at) + other + value.slice(at + 1))).toBe(false)
  expect(looksLikeToken(value.slice(0, -1))).toBe(false)
})

it('never makes the same twice', () => {
  expect(new Set(Array.from({ length: 1000 }, newTokenValue)).size).toBe(1000)
})

it('is the same token under the prefix of the reference', () => {
  const value = newTokenValue()
  expect(hashTokenValue(withPulumiPrefix(value))).toEqual(hashTokenValue(value))
  expect(hashTokenValue(`${value} `)).not.toEqual(hashTokenValue(value))
})
