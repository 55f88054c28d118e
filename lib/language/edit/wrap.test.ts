import { describe, expect, it } from 'vitest'
import { applyRotations } from './rotations'
import { wrapSecret } from './wrap'

function wrapped(marked: string): string {
  const from = marked.indexOf('<')
  const to = marked.indexOf('>') - 1
  const result = wrapSecret(marked.replace('<', '').replace('>', ''), [from, to])
  return result.ok ? result.text : result.code
}

describe('wrapSecret', () => {
  it.each([
    ['values:\n  a: <hunter2> # c\n', 'values:\n  a:\n    fn::secret: hunter2 # c\n'],
    ['values:\n    b:\n        a: "<x>"\n', 'values:\n    b:\n        a:\n            fn::secret: "x"\n'],
    ['values:\n  a: # c\n    <x>\n', 'values:\n  a: # c\n    fn::secret: x\n'],
    ['values:\n  - <x>\n  - y\n', 'values:\n  - fn::secret: x\n  - y\n'],
    ['values: {a: <x>}\n', 'values: {a: {fn::secret: x}}\n'],
    [
      'values:\n  a: |\n    <one>\n    two\n  b: 1\n',
      'values:\n  a:\n    fn::secret: |\n      one\n      two\n  b: 1\n',
    ],
    ['values:\n  a: <42>\n', 'values:\n  a:\n    fn::fromJSON:\n      fn::secret: "42"\n'],
    ['values:\n  a: [<true>]\n', 'values:\n  a: [{fn::fromJSON: {fn::secret: "true"}}]\n'],
    ['values:\n  a: <x$$y>\n', 'values:\n  a:\n    fn::secret: x$y\n'],
  ])('wraps %j', (marked, expected) => {
    expect(wrapped(marked)).toBe(expected)
  })

  it.each([
    ['values:\n  a: <$' + '{b}>\n', 'edit.not-literal'],
    ['values:\n  a: {b: 1<, c: 2>}\n', 'edit.not-literal'],
    ['values:\n  a: {fn::secret: <x>}\n', 'edit.not-found'],
    ['imports:\n  - <x>\n', 'edit.not-found'],
    ['values:\n  a: <~>\n', 'edit.not-literal'],
  ])('refuses %j', (marked, code) => {
    expect(wrapped(marked)).toBe(code)
  })
})

describe('applyRotations', () => {
  const trace = { def: { begin: { line: 0, column: 0, byte: 0 }, end: { line: 0, column: 0, byte: 0 } } }

  it('replaces the state and nothing else', () => {
    const text =
      'values:\n    db: # the database\n        fn::rotate::postgres:\n            inputs: {a: 1} # kept\n\n# end\n'
    const replacement = {
      value: {
        user: { value: 'a', trace },
        port: { value: 5432, trace },
        password: { value: 'p$' + '{x}', secret: true as const, trace },
        text: { value: 'p$' + '{x}', trace },
      },
      trace,
    }
    const result = applyRotations(text, [{ path: 'values.db["fn::rotate::postgres"].state', replacement }])
    const state = [
      '',
      'state:',
      '    user: a',
      '    port: 5432',
      '    password:',
      '        fn::secret: p$' + '{x}',
      '    text: p$$' + '{x}',
    ].join(`\n${' '.repeat(12)}`)
    expect(result.ok && result.text).toBe(text.replace(' # kept', () => ` # kept${state}`))
  })
})
