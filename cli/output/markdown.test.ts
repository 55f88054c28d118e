import { expect, it } from 'vitest'
import { plain } from './colour'
import { fenced, rendered } from './markdown'

const text = `# Value\n${fenced('json', '"a"')}# Definition\n${fenced('diff', '--- a\n+++ b\n@@ -1 +1 @@\n-one\n+two\n # no heading')}\n# Defined at\n- a:1:2\n`
const named = (style: string, inner: string) => `<${style}>${inner}</>`

it('stays as it is where it is not rendered', () => {
  expect(rendered(text, plain)).toBe(text)
})

it('marks titles, code and changes, and leaves the fences out', () => {
  const lines = rendered(text, named).split('\n')
  expect(lines).toContain('  <heading> Value </>')
  expect(lines).toContain('    <code>"a"</>')
  expect(lines).toContain('    <removed>-one</>')
  expect(lines).toContain('    <added>+two</>')
  expect(lines).toContain('    <code>--- a</>')
  expect(lines).toContain('    <code> # no heading</>')
  expect(lines).toContain('  • a:1:2')
  expect(lines.join('')).not.toContain('```')
})
