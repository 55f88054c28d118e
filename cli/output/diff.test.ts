import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from './diff'

function diff(before: string, after: string): string {
  return unifiedDiff({ label: 'a', text: before }, { label: 'b', text: after })
}

const numbers = (from: number, to: number) => {
  return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('')
}

describe('unified difference', () => {
  it.each([
    ['nothing for equal texts', 'x\n', 'x\n', ''],
    ['a changed line', 'x\ny\n', 'x\nz\n', '--- a\n+++ b\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n'],
    ['an empty old side', '', 'x\ny\n', '--- a\n+++ b\n@@ -1 +1,2 @@\n+x\n+y\n'],
    ['an empty new side', 'x\n', '', '--- a\n+++ b\n@@ -1 +1 @@\n-x\n'],
    [
      'a last line without line break',
      '{\n  "a": 1\n}',
      '{\n  "a": 2\n}',
      '--- a\n+++ b\n@@ -1,3 +1,3 @@\n {\n-  "a": 1\n+  "a": 2\n }\n\\ No newline at end of file\n',
    ],
  ])('writes %s', (_, before, after, expected) => {
    expect(diff(before, after)).toBe(expected)
  })

  it('joins two changes up to six lines apart, and not more', () => {
    expect(diff(`a\n${numbers(1, 6)}b\n`, `A\n${numbers(1, 6)}B\n`).match(/^@@/gm)).toHaveLength(1)
    expect(diff(`a\n${numbers(1, 7)}b\n`, `A\n${numbers(1, 7)}B\n`).match(/^@@/gm)).toHaveLength(2)
  })

  it('counts the new lines of a later hunk without those joined in an earlier one, as the reference does', () => {
    const before = `a\nk\nb\n${numbers(1, 9)}c\n`
    const after = `A\nk\nB\n${numbers(1, 9)}C\n`
    expect(diff(before, after)).toContain('@@ -10,4 +9,4 @@')
  })

  it('contains every line of both texts exactly once when nothing lies between', () => {
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\n'), { maxLength: 6 })
      .map((lines) => lines.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after)
        const lines = diff(before, after).split('\n').slice(2, -1)
        const side = (marks: string) =>
          lines
            .filter((line) => marks.includes(line[0] ?? '@'))
            .map((line) => `${line.slice(1)}\n`)
            .join('')
        expect(before.includes(side(' -'))).toBe(true)
        expect(after.includes(side(' +'))).toBe(true)
      }),
    )
  })
})
