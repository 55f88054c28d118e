import { describe, expect, it } from 'vitest'
import { decodeYaml } from './decode'
import type { SyntaxNode } from './node'

function decode(text: string | Uint8Array) {
  return decodeYaml(text, { environment: 'env' })
}

/** The summary of the first finding. */
function problem(text: string | Uint8Array): string | undefined {
  return decode(text).diagnostics[0]?.summary
}

function plain(node: SyntaxNode | undefined): unknown {
  if (node === undefined) return undefined
  if (node.kind === 'array') return node.elements.map(plain)
  if (node.kind === 'object') return node.entries.map(({ key, value }) => [plain(key), plain(value)])
  return node.kind === 'null' ? null : node.value
}

describe('syntax errors', () => {
  it.each([
    ['a:\n  [b\nc: d', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: {b: c d: e\n', "yaml: did not find expected ',' or '}'"],
    ['a:\n  {b: c\nd: e', "yaml: line 1: did not find expected ',' or '}'"],
    ['a: b: c', 'yaml: mapping values are not allowed in this context'],
    ['a: b\n c: d', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: b\nc\nd: e', "yaml: line 2: could not find expected ':'"],
    ['a:\n\tb: c', 'yaml: line 2: found character that cannot start any token'],
    ['a: @b', 'yaml: found character that cannot start any token'],
    ["a: 'b", 'yaml: found unexpected end of stream'],
    ['a: "b\n---\n"', 'yaml: line 2: found unexpected document indicator'],
    ['a: "\\q"', 'yaml: found unknown escape character'],
    ['a: "\\xZZ"', 'yaml: did not find expected hexdecimal number'],
    ['a: |0\n b', 'yaml: found an indentation indicator equal to 0'],
    ['a: | b\n', 'yaml: did not find expected comment or line break'],
    ['a: - b', 'yaml: block sequence entries are not allowed in this context'],
    ['- a\nb: c', "yaml: line 1: did not find expected '-' indicator"],
    ['a: b\n- c', 'yaml: line 1: did not find expected key'],
    ['a: *b', "yaml: unknown anchor 'b' referenced"],
    ['a: !x!y z', 'yaml: found undefined tag handle'],
    ['%YAML 1.1\n%YAML 1.1\n---\na', 'yaml: line 1: found duplicate %YAML directive'],
    ['%YAML 2.0\n---\na', 'yaml: found incompatible YAML document'],
    ['%YAML 1.1\na', 'yaml: line 1: did not find expected <document start>'],
    ['a: & b', 'yaml: did not find expected alphabetic or numeric character'],
    ['a: [}', 'yaml: did not find expected node content'],
    ['a: "x\u0001"', 'yaml: control characters are not allowed'],
  ])('%j', (text, summary) => {
    expect(problem(text)).toBe(summary)
  })

  it.each([
    [[0x61, 0xff], 'yaml: invalid leading UTF-8 octet'],
    [[0xc3, 0x28], 'yaml: invalid trailing UTF-8 octet'],
    [[0x61, 0xe2, 0x82], 'yaml: incomplete UTF-8 octet sequence'],
  ])('bytes %j', (bytes, summary) => {
    expect(problem(Uint8Array.from(bytes))).toBe(summary)
  })
})

describe('documents', () => {
  it.each([
    ['', []],
    ['# only a comment\n', undefined],
    ['~', undefined],
    ['a: 1\n---\nb: [', [['a', '1']]],
    ['--- \na: 1\n...\n', [['a', '1']]],
    [
      '? a\n: b\n? c\n',
      [
        ['a', 'b'],
        ['c', null],
      ],
    ],
    ['[a, b: c, {d}]', ['a', [['b', 'c']], [['d', null]]]],
    ['a:\n- b\n- - c\n  - d\n', [['a', ['b', ['c', 'd']]]]],
    ['a: "b\\\n  c"\n', [['a', 'bc']]],
    ['a: b\n  c\n\n  d\n', [['a', 'b c\nd']]],
    ['a: |+\n  b\n\n', [['a', 'b\n\n']]],
    ['a: |-\n  b\n\n', [['a', 'b']]],
    ['a: >\n  b\n  c\n\n   d\n  e\n', [['a', 'b c\n\n d\ne\n']]],
    ['a: |2\n   b\n', [['a', ' b\n']]],
    ['<<: a\n', [['<<', 'a']]],
    ['\ufeffa: b\n', [['a', 'b']]],
    // only the first character of the input is a mark
    [
      'a: b\n\ufeffc: d\n',
      [
        ['a', 'b'],
        ['\ufeffc', 'd'],
      ],
    ],
    [
      'a: b\r\nc: d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ["a: 'it''s'\n", [['a', "it's"]]],
    ['a: http://x:80/#y #z\n', [['a', 'http://x:80/#y']]],
  ])('%j', (text, expected) => {
    const { root, diagnostics } = decode(text)
    expect(diagnostics).toEqual([])
    expect(plain(root)).toEqual(expected)
  })

  it('has exact spans in the source', () => {
    const text = '\ufeffa: "b\\n" # c\nd: [e,\n f]\n'
    const { root } = decode(text)
    const values = root?.kind === 'object' ? root.entries.map(({ value }) => value) : []
    expect(values.map(({ span }) => text.slice(span?.start, span?.end))).toEqual(['"b\\n"', '[e,\n f]'])
  })
})

describe('ranges', () => {
  it('mix code points, bytes and widths as the reference does', () => {
    const { root } = decode('values:\n  世界: hello\nx: 1\n')
    const values = root?.kind === 'object' ? root.entries[0]?.value : undefined
    const entry = values?.kind === 'object' ? values.entries[0] : undefined
    expect(entry?.key.range).toMatchObject({ begin: { column: 3, byte: 10 }, end: { column: 9, byte: 18 } })
    expect(entry?.value.range).toMatchObject({ begin: { column: 7, byte: 16 } })
  })

  it('have byte 0 on the last line', () => {
    const { root } = decode('a: b')
    expect(root?.range).toMatchObject({ begin: { line: 1, column: 1, byte: 0 }, end: { column: 5, byte: 0 } })
  })
})
