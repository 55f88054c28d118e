import { marked } from 'monaco-editor/base/common/marked/marked.js'
import { expect, it } from 'vitest'
import { escapeMarkdown } from './hover'

const hostile = [
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](https://example.com/track.png)',
  '`code` **bold** <https://example.com>',
]

it.each(hostile)('W05: %s in a hover is text, not markup', (text) => {
  const html = marked.parse(escapeMarkdown(text))
  expect(html).not.toMatch(/<(img|a|code|strong)\b/)
})

it('the same texts are markup when nothing is escaped, or the test above would prove nothing', () => {
  expect(hostile.every((text) => /<(img|a|code|strong)\b/.test(marked.parse(text)))).toBe(true)
})
