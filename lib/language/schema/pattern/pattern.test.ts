import { describe, expect, it } from 'vitest'
import { compilePattern } from '.'

function matches(source: string, text: string): boolean {
  const result = compilePattern(source)
  if (!result.ok) throw new Error(result.message)
  return result.pattern.matches(text)
}

function fault(source: string): string | undefined {
  const result = compilePattern(source)
  return result.ok ? undefined : result.message
}

describe('patterns', () => {
  it.each([
    ['^foo[0-9]+$', 'foo42', true],
    ['^foo[0-9]+$', 'foo', false],
    ['b', 'abc', true],
    ['^a|c$', 'xc', true],
    ['^(a|b)*c$', 'ababc', true],
    ['^a{2,3}$', 'aaa', true],
    ['^a{2,3}$', 'aaaa', false],
    ['^a{2,}$', 'a', false],
    ['^a{0}b$', 'b', true],
    ['^(?:ab){2}$', 'abab', true],
    ['(?i)^ÄB$', 'äb', true],
    ['^(?i:a)b$', 'Ab', true],
    ['^(?i:a)b$', 'AB', false],
    ['^.$', '\n', false],
    ['(?s)^.$', '\n', true],
    ['^b$', 'a\nb', false],
    ['(?m)^b$', 'a\nb', true],
    ['^\\p{Greek}+$', 'αβγ', true],
    ['^\\pL$', '7', false],
    ['^[[:alpha:]_-]+$', 'a_b-c', true],
    ['^[^a-c]$', 'b', false],
    ['^[]a]$', ']', true],
    ['\\bword\\b', 'a word here', true],
    ['\\bword\\b', 'swords', false],
    ['^\\Qa.b\\E$', 'a.b', true],
    ['^\\x41\\x{1F600}$', 'A😀', true],
    ['^(?P<year>\\d{4})-(?<month>\\d\\d)$', '2026-11', true],
    ['a{,2}', 'a{,2}', true],
    ['', 'anything', true],
  ])('%s on %j is %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected)
  })

  it.each([
    ['a(b', 'missing closing ): `a(b`'],
    ['a)b', 'unexpected ): `a)b`'],
    ['[a', 'missing closing ]: `[a`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{2,1}', 'invalid repeat count: `{2,1}`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['[b-a]', 'invalid character class range: `b-a`'],
    ['\\q', 'invalid escape sequence: `\\q`'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?<!a)', 'invalid or unsupported Perl syntax: `(?<!`'],
    ['\\p{Nonsense}', 'invalid character class range: `\\p{Nonsense}`'],
  ])('refuses %s', (source, message) => {
    expect(fault(source)).toBe(message)
  })

  it('takes linear time where backtracking explodes', () => {
    const started = performance.now()
    expect(matches('^(a+)+$', `${'a'.repeat(5000)}b`)).toBe(false)
    expect(matches('^(a|aa)+$', `${'a'.repeat(5000)}b`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('refuses machines that are too large', () => {
    expect(fault('((a{100}){100}){100}')).toBeDefined()
  })
})
