import { describe, expect, it } from 'vitest'
import { claimAt, claimMatches, matchesPattern } from './patterns'

describe('T06: patterns', () => {
  it.each([
    ['repo:acme/*', 'repo:acme/site:ref:refs/heads/main', true],
    ['repo:acme/*', 'repo:acme-evil/x', false],
    ['repo:acme/*', 'xrepo:acme/x', false],
    ['repo:acme/site', 'repo:acme/site:environment:prod', false],
    ['main', 'Main', false],
    ['v?1', 'v1', true],
    ['v?1', 'vx1', true],
    ['v?1', 'vxx1', false],
    ['a.c', 'abc', true],
    ['a.c', 'a.c', true],
    ['a.c', 'ac', false],
    ['', '', true],
    ['', 'x', false],
    ['*', '', true],
    ['a+', 'aa', false],
    ['a+', 'a+', true],
    ['(a|b)', 'a', false],
    ['[a-z]', 'b', false],
    ['^a$', 'a', false],
    ['a*', 'a\nb', true],
    ['a.', 'a😀', true],
    ['\\*', 'x', false],
  ])('%j and %j: %j', (pattern, value, expected) => {
    expect(matchesPattern(pattern, value)).toBe(expected)
  })

  it('does not take a star in the claim for one in the pattern', () => {
    expect(matchesPattern('repo:acme/site', 'repo:acme/*')).toBe(false)
    expect(matchesPattern('repo:acme/site', '*')).toBe(false)
  })

  it('takes no longer for a hostile pattern', () => {
    expect(matchesPattern('*a'.repeat(200), 'a'.repeat(199))).toBe(false)
    expect(matchesPattern('?'.repeat(250), 'b'.repeat(250))).toBe(true)
  })
})

describe('claims', () => {
  const claims = {
    sub: 's',
    aud: ['one', 'two'],
    'kubernetes.io': { pod: { name: 'p' } },
    flag: true,
    number: 7,
    nested: [['deep']],
    nothing: null,
  }

  it.each([
    ['sub', 's'],
    ['"kubernetes.io".pod.name', 'p'],
    ['kubernetes.io', undefined],
    ['', undefined],
    ['.', undefined],
    ['sub.length', undefined],
    ['__proto__', undefined],
    ['constructor.name', undefined],
    ['toString', undefined],
  ])('at %j are %j', (path, expected) => {
    expect(claimAt(claims, path)).toBe(expected)
  })

  it('match as text, of a list by one element, and never as objects', () => {
    expect(claimMatches(claims.aud, 'two')).toBe(true)
    expect(claimMatches(claims.aud, 'three')).toBe(false)
    expect(claimMatches(claims.flag, 'true')).toBe(true)
    expect(claimMatches(claims.number, '7')).toBe(true)
    for (const value of [claims['kubernetes.io'], claims.nested, claims.nothing, undefined]) {
      expect(claimMatches(value, '*')).toBe(false)
    }
  })
})
