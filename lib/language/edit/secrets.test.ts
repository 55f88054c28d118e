import { describe, expect, it } from 'vitest'
import { decryptSecrets, encryptSecrets, listSecrets } from './secrets'

const toHex = async (text: string) => `c${Buffer.from(text).toString('hex')}`
const fromHex = async (text: string) => Buffer.from(text.slice(1), 'hex').toString()
const x = `c${Buffer.from('x').toString('hex')}`

async function seal(text: string): Promise<string> {
  const { text: sealed, diagnostics } = await encryptSecrets(text, toHex)
  expect(diagnostics).toEqual([])
  return sealed
}

async function unseal(text: string): Promise<string> {
  const { text: opened, diagnostics } = await decryptSecrets(text, fromHex)
  expect(diagnostics).toEqual([])
  return opened
}

describe('encryptSecrets', () => {
  it.each([
    [
      'plain',
      'values:\n  a:\n    fn::secret: x\n',
      `values:\n  a:\n    fn::secret:\n      ciphertext: ${x}\n`,
    ],
    [
      'no final line break',
      'values:\n  a:\n    fn::secret: x',
      `values:\n  a:\n    fn::secret:\n      ciphertext: ${x}`,
    ],
    ['comment', 'a:\n  fn::secret: x   # why\nb: 1', `a:\n  fn::secret:\n    ciphertext: ${x}   # why\nb: 1`],
    ['quoted', `a: \n  'fn::secret': "x"\n`, `a: \n  'fn::secret':\n    ciphertext: ${x}\n`],
    [
      'own line',
      'a:\n  fn::secret: # c\n      x # d\n',
      `a:\n  fn::secret: # c\n      ciphertext: ${x} # d\n`,
    ],
    ['flow', 'a: { fn::secret:  x , }', `a: { fn::secret:  {ciphertext: ${x}} , }`],
    ['JSON', '{"a":{"fn::secret":"x"}}', `{"a":{"fn::secret":{"ciphertext": "${x}"}}}`],
    ['pair in a list', '[fn::secret: x]', `[fn::secret: {ciphertext: ${x}}]`],
    ['dash', '- fn::secret: x\n- b', `- fn::secret:\n    ciphertext: ${x}\n- b`],
    ['anchor and tag', 'fn::secret: &a !!str x', `fn::secret: &a\n  ciphertext: ${x}`],
    ['explicit key', '? fn::secret\n: x\n', `? fn::secret\n:\n  ciphertext: ${x}\n`],
    ['CRLF', 'a:\r\n  fn::secret: x\r\nb: 1\r\n', `a:\r\n  fn::secret:\r\n    ciphertext: ${x}\r\nb: 1\r\n`],
    ['byte order mark', '\uFEFFfn::secret: x\n', `\uFEFFfn::secret:\n  ciphertext: ${x}\n`],
    [
      'block scalar',
      'a:\n  fn::secret: |-\n    x\n\n\nb: 1\n',
      `a:\n  fn::secret:\n    ciphertext: ${x}\n\n\nb: 1\n`,
    ],
    ['block comment', 'fn::secret: |- # c\n    x\n', `fn::secret:\n  ciphertext: ${x} # c\n`],
    ['flow below its key', 'a: [\nfn::secret: x\n]\n', `a: [\nfn::secret: {ciphertext: ${x}}\n]\n`],
    ['later documents', 'a: 1\n---\nfn::secret: x\n', `a: 1\n---\nfn::secret:\n  ciphertext: ${x}\n`],
  ])('seals a secret: %s', async (_name, text, expected) => {
    expect(await seal(text)).toBe(expected)
  })

  it('passes the raw text and the path of the call', async () => {
    const seen: string[][] = []
    await encryptSecrets('values:\n  a-b: [{fn::secret: "$${x}\\n"}]\n', async (...call) => {
      seen.push(call)
      return 'c'
    })
    expect(seen).toEqual([['$${x}\n', 'values["a-b"][0]']])
  })

  it('leaves sealed secrets and look-alikes alone', async () => {
    const text = `a:\n  fn::secret: {ciphertext: ${x}}\nb: {fn::secret: x, c: 1}\nc: "fn::secret: x"\n`
    expect(await seal(text)).toBe(text)
  })

  it.each([
    ['a: [', 'yaml'],
    ['a:\n  fn::secret: 42\n', 'secret.not-a-string'],
    ['a:\n  fn::secret:\n', 'secret.not-a-string'],
    ['a:\n  fn::secret: [x]\n', 'secret.not-a-string'],
    ['['.repeat(100_000), 'limit.depth'],
    ['a: 1\n---\nfn::secret: [', 'yaml.later-document'],
    ['a: &b 1\nc: *b\n', 'yaml'],
    ['- '.repeat(100_000), 'limit.depth'],
  ])('returns diagnostics and the text: %#', async (text, code) => {
    const result = await encryptSecrets(text, toHex)
    expect(result).toMatchObject({ text, sealed: 0 })
    expect(result.diagnostics[0]?.code).toContain(code)
  })
})

describe('decryptSecrets', () => {
  it.each([
    [
      'plain',
      `values:\n  a:\n    fn::secret:\n      ciphertext: ${x} # c\n`,
      'values:\n  a:\n    fn::secret: x # c\n',
    ],
    ['flow', `values: {a: {fn::secret: {ciphertext: ${x}}}}`, 'values: {a: {fn::secret: x}}'],
    ['braces', `values:\n  a:\n    fn::secret: {ciphertext: ${x}}`, 'values:\n  a:\n    fn::secret: x'],
    ['JSON', `{"values":{"fn::secret":{"ciphertext":"${x}"}}}`, '{"values":{"fn::secret":"x"}}'],
    [
      'comment above',
      `values:\n  fn::secret:\n    # c\n    ciphertext: ${x}`,
      'values:\n  fn::secret:\n    # c\n    x',
    ],
    [
      'comment beside',
      `values:\n  fn::secret: # c\n    ciphertext: ${x}`,
      'values:\n  fn::secret: # c\n    x',
    ],
    ['anchor', `values:\n  fn::secret: &a\n    ciphertext: ${x}`, 'values:\n  fn::secret: &a\n    x'],
    ['outside values', `b:\n  fn::secret:\n    ciphertext: ${x}`, `b:\n  fn::secret:\n    ciphertext: ${x}`],
  ])('opens a secret: %s', async (_name, text, expected) => {
    expect(await unseal(text)).toBe(expected)
  })

  it('writes lines as a block and keeps the comment out of it', async () => {
    const text = `values:\n  a:\n    fn::secret:\n      ciphertext: ${await toHex('one\n two\n')} # c\n  b: 1\n`
    expect(await unseal(text)).toBe('values:\n  a:\n    fn::secret: | # c\n      one\n       two\n  b: 1\n')
  })

  it.each([
    '',
    ' ',
    'true',
    '42',
    '~',
    'yes',
    '2020-01-01',
    'a: b',
    'a #b',
    "it's",
    '"',
    '\t',
    'a\nb',
    '\n',
    'a\n\n',
    ' a\nb',
    'a \nb',
    '\r\n',
    '😀',
    '\u0000',
    '# x',
    '- x',
    '{a}',
    '${x}',
    '<<',
    'a,b',
  ])('restores %j in every place', async (secret) => {
    const text = `values:\n  a:\n    fn::secret: ${JSON.stringify(secret)} # c\n  b: [{fn::secret: ${JSON.stringify(secret)}}]\n`
    const sealed = await seal(text)
    const opened = await unseal(sealed)
    expect(await seal(opened)).toBe(sealed)
  })
})

describe('listSecrets', () => {
  it('tells where secrets are, and never what they hold', () => {
    const list = listSecrets(`values:\n  a: {fn::secret: hunter2}\n  b: {fn::secret: {ciphertext: ${x}}}\n`)
    expect(list.map(({ path, sealed }) => [path, sealed])).toEqual([
      ['values.a', false],
      ['values.b', true],
    ])
    expect(JSON.stringify(list)).not.toContain('hunter2')
  })
})
