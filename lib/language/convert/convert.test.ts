import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomDocument } from '../../../tests/support/random-document'
import { parseDefinition } from '../definition'
import { readTree } from '../edit/read-tree'
import { checkDefinition } from '../evaluate'
import { propertiesToJson } from '../projection'
import { type FileContent, guessSecret, readFile } from './index'

function content(name: string, text: string): FileContent {
  const read = readFile({ name, text })
  if (!read.ok) throw new Error(`${read.line}: ${read.message}`)
  return read
}

const guessed = (file: FileContent) =>
  file.define(new Set(file.values.filter(({ looksSecret }) => looksSecret)))
const plain = (file: FileContent) => file.define(new Set())

async function valuesOf(definition: string): Promise<unknown> {
  const { environment, diagnostics } = await checkDefinition({
    name: 'a/b',
    organization: 'acme',
    definition,
    showSecrets: true,
    decrypter: { decrypt: async () => '' },
    loader: { load: () => ({ refusal: { code: 'none', message: 'none' } }) },
  })
  expect(diagnostics).toEqual([])
  return propertiesToJson(environment?.properties, { secrets: 'show' })
}

describe('.env files', () => {
  const text = [
    '# database',
    'export DB_HOST=db.example.com # inline',
    'DB_URL="postgres://${DB_HOST}:5432/app"',
    "PRICE='$5 ${DB_HOST}'",
    'DB_PASSWORD=hunter2',
    'PEM="-----BEGIN RSA PRIVATE KEY-----',
    'abc',
    '-----END RSA PRIVATE KEY-----"',
    'EMPTY=',
    'DB_HOST=last.example.com',
    '',
  ].join('\r\n')

  it('become environment variables, with comments, references and secrets', async () => {
    const definition = guessed(content('.env', text))
    expect(definition).toContain('    # database\n')
    expect(definition).toContain('DB_URL: postgres://${environmentVariables.DB_HOST}:5432/app')
    expect(definition).toContain('DB_PASSWORD:\n      fn::secret: hunter2')
    expect(await valuesOf(definition)).toEqual({
      environmentVariables: {
        DB_HOST: 'last.example.com',
        DB_URL: 'postgres://last.example.com:5432/app',
        PRICE: '$5 ${DB_HOST}',
        DB_PASSWORD: 'hunter2',
        PEM: '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
        EMPTY: '',
      },
    })
  })

  it('offers no secret for what refers to other values', () => {
    const { values } = content('.env.local', text)
    expect(values.find(({ path }) => path[1] === 'DB_URL')?.mayBeSecret).toBe(false)
    expect(values.find(({ path }) => path[1] === 'PRICE')?.mayBeSecret).toBe(false)
    expect(values.find(({ path }) => path[1] === 'EMPTY')?.mayBeSecret).toBe(true)
  })

  it.each([
    ['A=1\nnonsense\n', 2],
    ['A=1\n2B=3', 2],
    ['A="1\nB=2', 1],
    ['A="1" x', 1],
  ])('names the line that is wrong: %j', (wrong, line) => {
    expect(readFile({ name: '.env', text: wrong })).toMatchObject({ ok: false, line })
  })

  it('that set nothing are refused', () => {
    expect(readFile({ name: '.env', text: '# only\n' }).ok).toBe(false)
  })
})

describe('JSON files', () => {
  it('keep every value, also such that look like references, and secrets that are not strings', async () => {
    const data = { a: { 'b c': ['${x}', 1.5, 12345678901234567890n.toString(), null, true] }, pin: 1234 }
    const file = content('x.json', JSON.stringify(data))
    expect(await valuesOf(plain(file))).toEqual(data)
    const pin = file.values.filter(({ path }) => path[0] === 'pin')
    const definition = file.define(new Set(pin))
    expect(definition).toContain('fn::secret: "1234"')
    expect(await valuesOf(definition)).toEqual(data)
  })

  it.each([
    ['{\n "a": 1,\n b: 2}', 3],
    ['{"ä": "ü",\n"a"', 2],
    ['{"a":1}\n}', 1],
    ['', 1],
  ])('names the line that is wrong: %j', (wrong, line) => {
    expect(readFile({ name: 'a.json', text: wrong })).toMatchObject({ ok: false, line })
  })

  it('need names', () => {
    expect(readFile({ name: 'a.json', text: '[1]' }).ok).toBe(false)
    expect(readFile({ name: 'a.json', text: '{}' }).ok).toBe(false)
  })
})

describe('YAML files', () => {
  it('move below values with their comments and quotes', async () => {
    const text = `# head\n---\ndb: # why\n  host: "h"\n  token: 'abc' # t\n  text: |\n    x \${y}\n\n    z\n# end\n`
    const definition = guessed(content('a.yml', text))
    for (const comment of ['# head', '# why', '# t', '# end']) expect(definition).toContain(comment)
    expect(definition).toContain("fn::secret: 'abc'")
    expect(await valuesOf(definition)).toEqual({ db: { host: 'h', token: 'abc', text: 'x ${y}\n\nz\n' } })
  })

  it('that are definitions stay as they are', () => {
    const text = 'imports:\n  - a/b\nvalues:\n  token: abc\n  x:\n    fn::secret: y\n'
    const file = content('a.yaml', text)
    expect(file.format).toBe('definition')
    expect(plain(file)).toBe(text)
    expect(file.values.map(({ path }) => path.join('.'))).toEqual(['token'])
    expect(guessed(file)).toContain('token:\n    fn::secret: abc')
  })

  it.each([
    ['a: 1\n b: 2\n', 2],
    ['a: [1,\nb: 2', 2],
    ['a: 1\n---\nb: 2\n', 3],
  ])('names the line that is wrong: %j', (wrong, line) => {
    expect(readFile({ name: 'a.yaml', text: wrong })).toMatchObject({ ok: false, line })
  })

  it('of any layout keep their meaning', () => {
    fc.assert(
      fc.property(randomDocument(), (text) => {
        const file = readFile({ name: 'a.yaml', text })
        if (!file.ok) return
        const definition = plain(file)
        expect(readTree(definition).diagnostics).toEqual([])
        const { diagnostics } = parseDefinition(definition, { environment: 'a/b' })
        expect(diagnostics.filter(({ code }) => code === 'yaml')).toEqual([])
        expect(guessed(file)).toBeTypeOf('string')
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 200) },
    )
  })
})

describe('files without a telling name', () => {
  it('are told apart by their text', () => {
    expect(content('config', '{"a": 1}').format).toBe('json')
    expect(content('config', 'A=1').format).toBe('dotenv')
    expect(content('config.txt', 'a: 1').format).toBe('yaml')
    expect(content('production.env', 'A=1').format).toBe('dotenv')
  })

  it('that are too large or no text are refused', () => {
    expect(readFile({ name: 'a', text: 'x'.repeat(2 ** 20 + 1) }).ok).toBe(false)
    expect(readFile({ name: 'a', text: 'a\0' }).ok).toBe(false)
  })
})

describe('guesses of secrets', () => {
  it.each([
    ['DB_PASSWORD', 'x'],
    ['apiKey', 'x'],
    ['clientSecret', 'x'],
    ['AWS_SECRET_ACCESS_KEY', 'x'],
    ['GITHUB_TOKEN', 'x'],
    ['DATABASE_URL', 'postgres://u:p@h/d'],
    ['X', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['HASH', 'b4Jk2Lw9Qz7Xv5Tn3Rc1Pd8M'],
  ])('%s=%s', (name, value) => expect(guessSecret(name, value)).toBe(true))

  it.each([
    ['TOKEN_TTL', '3600'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['AWS_ACCESS_KEY_ID', 'x'],
    ['PUBLIC_KEY', 'x'],
    ['KEYBOARD', 'x'],
    ['SECRET', ''],
    ['DATABASE_URL', 'postgres://h/d'],
    ['ROLE', 'arn:aws:iam::123456789012:role/openesc-deploy-production'],
    ['IMAGE', 'registry.example.com/team/app-service:v1.2.3-rc4'],
    ['ID', '123e4567-e89b-12d3-a456-426614174000'],
  ])('not %s=%s', (name, value) => expect(guessSecret(name, value)).toBe(false))
})
