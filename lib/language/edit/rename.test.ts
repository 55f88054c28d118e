import { describe, expect, it } from 'vitest'
import { renameKey } from './rename'

const open = '$' + '{'

function renamed(text: string, path: string, name: string): string {
  const result = renameKey(text, path, name)
  return result.ok ? result.text : `${result.code}: ${result.message}`
}

describe('renameKey', () => {
  it('takes references along, in every style', () => {
    const text = [
      'values:',
      '  aws: # c',
      '    login: {user: x}',
      `  a: ${open}aws.login.user} and $${open}aws}`,
      `  b: ["${open}aws.login}", '${open}["aws"].login}']`,
      '  c: |',
      `    ${open}aws["login"].user}`,
      `  d: ${open}other.aws.login}`,
      `  e: {fn::secret: "${open}aws.login}"}`,
      '',
    ].join('\n')
    const expected = text
      .replace('  aws: # c', '  cloud: # c')
      .replaceAll(`${open}aws.`, `${open}cloud.`)
      .replace('["aws"].', 'cloud.')
      .replace(`${open}aws["login"]`, `${open}cloud["login"]`)
      .replace(`$${open}cloud}`, `$${open}aws}`)
      .replace(`"${open}cloud.login}"}`, `"${open}aws.login}"}`)
    expect(renamed(text, 'values.aws', 'cloud')).toBe(expected)
  })

  it('writes a name that is no identifier in brackets, escaped where it must be', () => {
    const text = `values:\n  a: 1\n  b: ${open}a}\n  c: "${open}a}"\n`
    expect(renamed(text, 'values.a', 'x y')).toBe(
      `values:\n  x y: 1\n  b: ${open}["x y"]}\n  c: "${open}[\\"x y\\"]}"\n`,
    )
    expect(renamed(renamed(text, 'values.a', 'x y'), 'values["x y"]', 'a')).toBe(text)
  })

  it('renames inside objects and keeps the quotes of the key', () => {
    expect(renamed(`values:\n  o: {"p": 1}\n  q: ${open}o.p}\n`, 'values.o.p', 'r')).toBe(
      `values:\n  o: {"r": 1}\n  q: ${open}o.r}\n`,
    )
  })

  it.each([
    ['values: {a: 1, b: 2}', 'values.a', 'b', 'edit.duplicate'],
    ['values: {a: 1}', 'values.b', 'c', 'edit.not-found'],
    ['values: {a: 1}', 'values.a', 'imports', 'edit.name'],
    ['values: {a: 1}', 'values.a', 'fn::x', 'edit.name'],
    ['values: {a: {fn::secret: x}}', 'values.a["fn::secret"]', 'x', 'edit.path'],
    ['imports: []', 'imports', 'x', 'edit.path'],
    [`values: {a: 1, b: [x${open}a}]}`, 'values.a', 'c d', 'edit.'],
  ])('refuses %j %j %j', (text, path, name, code) => {
    expect(renamed(text, path, name)).toContain(code)
  })
})
