import { describe, expect, it } from 'vitest'
import { addImport, listImports, moveImport, pinImport, removeImport } from './imports'
import type { EditResult } from './result'

const text =
  '# top\n\nimports:\n  # shared\n  - app/base # first\n\n  - net/zone@3:\n      merge: false\n  - last\nvalues: {}\n'

function done(result: EditResult): string {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`)
  return result.text
}

describe('imports', () => {
  it('are listed with their names as written', () => {
    expect(listImports(text).map(({ index, name }) => [index, name])).toEqual([
      [0, 'app/base'],
      [1, 'net/zone@3'],
      [2, 'last'],
    ])
  })

  it('are added at the end or before another', () => {
    expect(done(addImport(text, 'x/y'))).toBe(text.replace('  - last\n', '  - last\n  - x/y\n'))
    expect(done(addImport(text, 'x/y', { index: 0 }))).toBe(text.replace('  # shared', '  - x/y\n  # shared'))
    expect(done(addImport('imports: [a, b]\n', 'c', { index: 1 }))).toBe('imports: [a, c, b]\n')
  })

  it.each([
    ['# about values\nvalues:\n  a: 1\n', 'imports:\n  - x\n# about values\nvalues:\n  a: 1\n'],
    ['# licence\n\nvalues: {}\r\n', '# licence\n\nimports:\n  - x\nvalues: {}\r\n'],
    ['\uFEFFvalues: {}\n', '\uFEFFimports:\n  - x\nvalues: {}\n'],
    ['', 'imports:\n  - x\n'],
    ['{}\n', 'imports:\n  - x\n'],
    ['imports:\nvalues: {}\n', 'imports:\n  - x\nvalues: {}\n'],
    ['imports: []\n', 'imports:\n  - x\n'],
  ])('are made where there are none: %j', (before, after) => {
    expect(done(addImport(before, 'x'))).toBe(after)
  })

  it('move with their comments', () => {
    expect(done(moveImport(text, 2, 0))).toBe(
      '# top\n\nimports:\n  - last\n\n  # shared\n  - app/base # first\n  - net/zone@3:\n      merge: false\nvalues: {}\n',
    )
    expect(done(moveImport('imports: [a, b, c]\n', 0, 2))).toBe('imports: [b, c, a]\n')
    expect(moveImport(text, 0, 7)).toMatchObject({ ok: false, code: 'edit.out-of-range' })
  })

  it('are pinned and let go', () => {
    expect(done(pinImport(text, 0, '12'))).toBe(text.replace('app/base', 'app/base@12'))
    expect(done(pinImport(text, 1, undefined))).toBe(text.replace('zone@3', 'zone'))
    expect(done(pinImport('imports: ["a"]', 0, 'stable'))).toBe('imports: ["a@stable"]')
  })

  it('are removed', () => {
    expect(done(removeImport(text, 0))).toBe(text.replace('  # shared\n  - app/base # first\n', ''))
  })
})
