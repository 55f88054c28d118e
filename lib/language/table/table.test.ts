import { describe, expect, it } from 'vitest'

import {
  addRow,
  readTable,
  removeRow,
  renameRow,
  setRowKind,
  setRowText,
  type Table,
  toggleSecret,
} from './index'

const text = `# head
imports:
  - shop/base@3 # pinned
values:
  db: # why
    host: 'h' # beside
    port: 5432
    tls: true
    none: null
    users: [ada, "bob"]
    # above
    password:
      fn::secret: hush
    sealed:
      fn::secret:
        ciphertext: ZXNjeAAAAAE=
  login:
    fn::open::aws-login: {}
  empty: {}
  url: "http://\${db.host}"
  environmentVariables:
    HOST: \${db.host}
  files:
    CERT: |
      a
      b
`

function table(of = text): Table {
  const read = readTable(of)
  if (!read.ok) throw new Error(read.message)
  return read
}

function row(label: string, of = text) {
  const { values, environmentVariables, files } = table(of)
  const found = [...values, ...environmentVariables, ...files].find((candidate) => candidate.label === label)
  if (!found) throw new Error(`no row ${label}`)
  return found
}

function edited(result: ReturnType<typeof setRowText>): string {
  if (!result.ok) throw new Error(result.code)
  return result.text
}

describe('a definition as a table', () => {
  it('has a row for every value, in sections', () => {
    const { imports, values, environmentVariables, files } = table()
    expect(imports).toEqual(['shop/base@3'])
    expect(values.map(({ label, kind, text: shown }) => [label, kind, shown])).toEqual([
      ['db.host', 'text', 'h'],
      ['db.port', 'number', '5432'],
      ['db.tls', 'boolean', 'true'],
      ['db.none', 'null', ''],
      ['db.users[0]', 'text', 'ada'],
      ['db.users[1]', 'text', 'bob'],
      ['db.password', 'secret', 'hush'],
      ['db.sealed', 'sealed', ''],
      ['login', 'call', 'fn::open::aws-login'],
      ['empty', 'empty', '{}'],
      ['url', 'text', 'http://${db.host}'],
    ])
    expect(environmentVariables.map(({ label }) => label)).toEqual(['HOST'])
    expect(files).toMatchObject([{ label: 'CERT', text: 'a\nb\n', line: 24 }])
  })

  it.each(['', '# only a comment\n', 'values:\n', 'imports: []\n'])('of nothing is empty: %j', (nothing) => {
    expect(table(nothing)).toMatchObject({ values: [], environmentVariables: [], files: [] })
  })

  it.each(['a: [', '- 1', 'values: 1'])('is refused for %j', (broken) => {
    expect(readTable(broken).ok).toBe(false)
  })
})

describe('its edits', () => {
  it('change the one value and no other byte', () => {
    expect(edited(setRowText(text, row('db.host'), "it's"))).toBe(text.replace("'h'", "'it''s'"))
    expect(edited(setRowText(text, row('db.port'), '1'))).toBe(text.replace('5432', '1'))
    expect(edited(setRowText(text, row('db.users[1]'), 'c'))).toBe(text.replace('"bob"', '"c"'))
    expect(edited(setRowText(text, row('db.password'), 'x'))).toBe(text.replace('hush', 'x'))
    expect(edited(setRowText(text, row('CERT'), 'a\nc\n'))).toBe(text.replace('      b', '      c'))
    expect(row('db.sealed', edited(setRowText(text, row('db.sealed'), 'new')))).toMatchObject({
      kind: 'secret',
    })
  })

  it('refuse what is not of the kind, and what a table cannot show', () => {
    expect(setRowText(text, row('db.port'), 'x')).toMatchObject({ ok: false, code: 'edit.value' })
    expect(setRowText(text, row('db.tls'), '1')).toMatchObject({ ok: false, code: 'edit.value' })
    expect(setRowText(text, row('login'), 'x')).toMatchObject({ ok: false, code: 'edit.unsupported' })
  })

  it('change the kind', () => {
    expect(row('db.port', edited(setRowKind(text, row('db.port'), 'text')))).toMatchObject({
      text: '5432',
      kind: 'text',
    })
    expect(row('db.none', edited(setRowKind(text, row('db.none'), 'boolean'))).text).toBe('false')
    expect(row('db.tls', edited(setRowKind(text, row('db.tls'), 'null'))).kind).toBe('null')
    expect(setRowKind(text, row('db.host'), 'number').ok).toBe(false)
  })

  it('make a secret and undo it, back to the same bytes where it was plain', () => {
    const plain = 'values:\n  a: x$y # c\n  b: 1\n'
    const secret = edited(toggleSecret(plain, row('a', plain)))
    expect(row('a', secret)).toMatchObject({ kind: 'secret', text: 'x$y' })
    expect(row('a', edited(toggleSecret(secret, row('a', secret))))).toMatchObject({
      kind: 'text',
      text: 'x$y',
    })
    expect(toggleSecret(text, row('url'))).toMatchObject({ ok: false, code: 'edit.not-literal' })
    expect(toggleSecret(text, row('db.sealed')).ok).toBe(false)
  })

  it('add rows where they belong', () => {
    const added = edited(addRow(text, 'environmentVariables', { path: 'PASS', text: 'x', secret: true }))
    expect(table(added).environmentVariables).toMatchObject([
      { label: 'HOST' },
      { label: 'PASS', kind: 'secret' },
    ])
    const first = edited(addRow('', 'files', { path: '["a b"].c', text: '12', secret: false }))
    expect(table(first).files).toMatchObject([{ label: '["a b"].c', kind: 'text', text: '12' }])
    expect(addRow(text, 'values', { path: 'db.host', text: '', secret: false })).toMatchObject({
      code: 'edit.duplicate',
    })
    expect(addRow(text, 'values', { path: 'a[', text: '', secret: false })).toMatchObject({
      code: 'edit.path',
    })
  })

  it('rename with references, and remove', () => {
    const renamed = edited(renameRow(text, row('db.host'), 'name'))
    expect(row('url', renamed).text).toBe('http://${db.name}')
    expect(row('HOST', renamed).text).toBe('${db.name}')
    const removed = edited(removeRow(text, row('db.password')))
    expect(removed).not.toContain('hush')
    expect(removed).not.toContain('# above')
    expect(table(removed).values).toHaveLength(10)
  })
})
