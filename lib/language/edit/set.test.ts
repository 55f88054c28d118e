import { describe, expect, it } from 'vitest'
import { removeValue } from './remove'
import type { EditResult } from './result'
import { appendItem, setData, setValue } from './set'

function done(result: EditResult): string {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`)
  return result.text
}

describe('setValue', () => {
  it.each([
    ['scalar', 'a: 1 # c\nb: 2\n', 'a', '3', 'a: 3 # c\nb: 2\n'],
    ['quoted', 'a: "x"   # c\n', 'a', "'y'", "a: 'y'   # c\n"],
    ['empty', 'a: # c\nb: 2\n', 'a', '3', 'a: 3 # c\nb: 2\n'],
    ['empty at the end', 'a:', 'a', '3', 'a: 3'],
    ['anchor stays', 'a: &x 1\n', 'a', '2', 'a: &x 2\n'],
    ['tag goes', 'a: !!str 1\n', 'a', '2', 'a: 2\n'],
    ['own line', 'a:\n  # c\n  1\n', 'a', '2', 'a:\n  # c\n  2\n'],
    ['block scalar by scalar', 'a: |- # c\n  x\n  y\n\nb: 1\n', 'a', 'z', 'a: z # c\n\nb: 1\n'],
    ['scalar by block scalar', 'a: 1 # c\nb: 1\n', 'a', '|-\n  x\n  y', 'a: |- # c\n  x\n  y\nb: 1\n'],
    ['nested block scalar', 'a:\n  b: 1\n', 'a.b', '|-\n  x\n   y', 'a:\n  b: |-\n    x\n     y\n'],
    ['scalar by mapping', 'a: 1 # c\nb: 2\n', 'a', 'x: 1\ny:\n- 2', 'a: # c\n  x: 1\n  y:\n  - 2\nb: 2\n'],
    ['mapping by scalar', 'a: # c\n  x: 1\n  y: 2 # d\nb: 2\n', 'a', '3', 'a: 3 # c # d\nb: 2\n'],
    ['mapping by mapping', 'a:\n    x: 1\n    y: 2\nb: 2\n', 'a', 'z: 1', 'a:\n    z: 1\nb: 2\n'],
    ['list at its key by mapping', 'a:\n- 1\nb: 2\n', 'a', 'z: 1', 'a:\n  z: 1\nb: 2\n'],
    ['element', 'a:\n  - 1 # c\n  - 2\n', 'a[0]', '3', 'a:\n  - 3 # c\n  - 2\n'],
    ['element by mapping', '- 1\n- 2\n', '[0]', 'x: 1\ny: 2', '- x: 1\n  y: 2\n- 2\n'],
    ['element mapping by scalar', '- x: 1\n  y: 2\n- 2\n', '[0]', '1', '- 1\n- 2\n'],
    ['in brackets', 'a: {b: 1, c: [1, 2]} # c\n', 'a.c[1]', 'x: 1', 'a: {b: 1, c: [1, {x: 1}]} # c\n'],
    ['left out in brackets', '{a, b: }', 'b', '1', '{a, b: 1 }'],
    ['new key', 'a:\n  b: 1 # c\n\n# d\nc: 2\n', 'a.x', '2', 'a:\n  b: 1 # c\n  x: 2\n\n# d\nc: 2\n'],
    ['new key at the end', 'a: 1', 'b', '2', 'a: 1\nb: 2'],
    ['new nested key', 'a: 1\n', 'b["c d"][0].e', '2', 'a: 1\nb:\n  c d:\n    - e: 2\n'],
    ['new key behind a kept block', 'a: |+\n  x\n\nb: 1\n', 'b', '2', 'a: |+\n  x\n\nb: 2\n'],
    ["new key with the text's step", 'a:\n    b: 1\n', 'a.c.d', '2', 'a:\n    b: 1\n    c:\n        d: 2\n'],
    ['new key in brackets', 'a: { b: 1 }\n', 'a.c', '2', 'a: { b: 1, c: 2 }\n'],
    ['new key in empty brackets', 'values: {} # c\n', 'values.a', '1', 'values: # c\n  a: 1\n'],
    ['new key in an empty root', '{}\n', 'values.a', '1', 'values:\n  a: 1\n'],
    ['new key in JSON', '{\n  "a": 1\n}\n', 'b', 'x', '{\n  "a": 1,\n  "b": x\n}\n'],
    ['new key in nothing', '# c\n', 'a.b', '1', '# c\na:\n  b: 1\n'],
    ['new key below nothing', 'a:\nb: 1\n', 'a.c', '1', 'a:\n  c: 1\nb: 1\n'],
    ['new key over a null', 'a: ~ # c\n', 'a.c', '1', 'a: # c\n  c: 1\n'],
    ['CRLF', 'a:\r\n  b: 1\r\n', 'a.c.d', '1', 'a:\r\n  b: 1\r\n  c:\r\n    d: 1\r\n'],
    ['byte order mark', '\uFEFFa: 1\n', 'b', '2', '\uFEFFa: 1\nb: 2\n'],
  ])('%s', (_name, text, path, value, expected) => {
    expect(done(setValue(text, path, value))).toBe(expected)
  })

  it.each([
    ['a: [', 'a', '1', 'edit.unreadable'],
    ['a: 1', 'a.b', '1', 'edit.not-a-collection'],
    ['a: [1]', 'a.b', '1', 'edit.path'],
    ['a: [1]', 'a[2]', '1', 'edit.out-of-range'],
    ['a: 1', '', '1', 'edit.path'],
    ['a: 1', 'a', '[', 'edit.value'],
    ['a: 1', '.a', '1', 'edit.path'],
  ])('refuses %j %j %j', (text, path, value, code) => {
    expect(setValue(text, path, value)).toMatchObject({ ok: false, code })
  })
})

describe('setData and appendItem', () => {
  it('writes data, and keeps the quotes of a string', () => {
    expect(done(setData('a: \'x\'\nb: "x"\n', 'a', 'y'))).toBe('a: \'y\'\nb: "x"\n')
    expect(done(setData('a: "x"\n', 'a', 'y'))).toBe('a: "y"\n')
    const data = { state: { user: 'a', pass: 'x\ny\n', list: [1, { b: true }, []] }, none: null, 'a b': {} }
    expect(done(setData('v:\n  k: 1\n', 'v.k', data))).toBe(
      'v:\n  k:\n    state:\n      user: a\n      pass: |\n        x\n        y\n      list:\n        - 1\n        - b: true\n        - []\n    none: null\n    a b: {}\n',
    )
  })

  it('appends', () => {
    expect(done(appendItem('imports:\n- a # c\nvalues: {}\n', 'imports', 'b'))).toBe(
      'imports:\n- a # c\n- b\nvalues: {}\n',
    )
    expect(done(appendItem('imports: [a]\n', 'imports', 'b'))).toBe('imports: [a, b]\n')
    expect(done(appendItem('values: {}\n', 'imports', 'b'))).toBe('values: {}\nimports:\n  - b\n')
  })
})

describe('removeValue', () => {
  it.each([
    ['first', '# top\n\n# about a\na: 1 # c\nb: 2\n', 'a', '# top\n\nb: 2\n'],
    ['last', 'a: 1\n# about b\nb:\n  x: 1\n# end\n', 'b', 'a: 1\n# end\n'],
    ['last without line break', 'a: 1\nb: 2', 'b', 'a: 1'],
    ['only', 'values:\n  foo: bar # c\nb: 1\n', 'values.foo', 'values: {}\nb: 1\n'],
    ['only, in a list', 'values:\n- 1\n', 'values[0]', 'values: []\n'],
    ['only, at the root', 'foo: bar\n', 'foo', '{}\n'],
    ['behind a dash', '- a: 1\n  # about b\n  b: 2\n- c\n', '[0].a', '- # about b\n  b: 2\n- c\n'],
    ['element', 'a:\n  - 1\n  - x: 1\n    y: 2\n  - 3\n', 'a[1]', 'a:\n  - 1\n  - 3\n'],
    ['in brackets', '{a: 1, b: [1, 2, 3], c: 3}', 'b[1]', '{a: 1, b: [1, 3], c: 3}'],
    ['last in brackets', '{a: 1, b: 2 }', 'b', '{a: 1 }'],
    ['only in brackets', 'x: { a: 1 }', 'x.a', 'x: {}'],
    ['block scalar', 'a: |+\n  x\n\nb: 1\n', 'a', 'b: 1\n'],
    ['absent', 'a: 1\n', 'b', 'a: 1\n'],
    ['CRLF', 'a: 1\r\nb: 2\r\nc: 3\r\n', 'b', 'a: 1\r\nc: 3\r\n'],
  ])('%s', (_name, text, path, expected) => {
    expect(done(removeValue(text, path))).toBe(expected)
  })

  it.each([
    ['a: 1', 'b.c', 'edit.not-found'],
    ['a: 1', 'a.c', 'edit.not-a-collection'],
    ['a: [1]', 'a[1]', 'edit.out-of-range'],
  ])('refuses %j %j', (text, path, code) => {
    expect(removeValue(text, path)).toMatchObject({ ok: false, code })
  })
})
