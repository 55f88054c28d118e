import { describe, expect, it } from 'vitest'
import { ciphertextAt, replaceCiphertext, unseal } from '../edit'
import { createLanguageService } from './service'
import type { LanguageContext, TextEdit } from './types'

const open = '$' + '{'
const at = (environment: string, line: number, column = 3) => ({
  def: { environment, begin: { line, column, byte: 9 }, end: { line, column: column + 1, byte: 10 } },
})

const context: LanguageContext = {
  environment: 'app/dev',
  environments: [{ name: 'app/base' }],
  providers: [
    {
      name: 'aws-login',
      kind: 'provider',
      inputs: {
        $defs: { arn: { type: 'string' } },
        type: 'object',
        properties: {
          oidc: {
            type: 'object',
            properties: {
              roleArn: { $ref: '#/$defs/arn' },
              sessionName: { type: 'string' },
              duration: { type: 'string' },
            },
            required: ['roleArn', 'sessionName'],
          },
        },
      },
      outputs: true,
    },
  ],
  evaluation: {
    properties: {
      region: {
        value: 'eu',
        trace: { ...at('app/dev', 5), base: { value: 'us', trace: at('app/base', 7) } },
      },
      zone: { value: 'z', trace: at('app/base', 8) },
    },
  },
}
const service = createLanguageService(context)

function marked(text: string): { text: string; offset: number } {
  const offset = text.indexOf('|')
  return { text: text.slice(0, offset) + text.slice(offset + 1), offset }
}

function apply(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start.offset - a.range.start.offset)
    .reduce(
      (at, { range, text: inserted }) =>
        at.slice(0, range.start.offset) + inserted + at.slice(range.end.offset),
      text,
    )
}

describe('definitionAt', () => {
  const go = (text: string) => {
    const { text: whole, offset } = marked(text)
    return service.definitionAt(whole, offset)
  }

  it('finds keys of the text itself', () => {
    expect(go(`values:\n  a: {b: 1}\n  c: "x ${open}a.b|}"\n`)?.range?.start).toEqual({
      offset: 14,
      line: 2,
      column: 7,
    })
  })

  it('goes to other environments', () => {
    expect(go(`values:\n  c: ${open}zo|ne}\n`)).toEqual({
      environment: 'app/base',
      position: { line: 8, column: 3 },
    })
    expect(go(`values:\n  c: ${open}imports["app/base"].zo|ne}\n`)).toMatchObject({ environment: 'app/base' })
    expect(go(`values:\n  c: ${open}environments.net.zo|ne}\n`)).toEqual({ environment: 'net/zone' })
    expect(go('imports:\n  - app/b|ase@3\n')).toEqual({ environment: 'app/base' })
  })

  it('goes from a key to what it overrides', () => {
    expect(go('values:\n  re|gion: eu\n')).toEqual({
      environment: 'app/base',
      position: { line: 7, column: 3 },
    })
  })
})

describe('renameKey', () => {
  it('gives the edits of key and references', () => {
    const { text, offset } = marked(`values:\n  a|b: 1\n  c: ${open}ab}\n`)
    const result = service.renameKey(text, offset, 'x')
    expect(result.ok && apply(text, result.edits)).toBe(`values:\n  x: 1\n  c: ${open}x}\n`)
    expect(service.renameKey(text, 0, 'x').ok).toBe(false)
  })
})

describe('documentSymbols', () => {
  it('lists imports and values', () => {
    const symbols = service.documentSymbols(
      `imports:\n- a\n- b: {merge: false}\nvalues:\n  x: {y: [1]}\n  z: ${open}x}\n  s: {fn::secret: q}\n`,
    )
    expect(symbols.map(({ name, kind }) => [name, kind])).toEqual([
      ['imports', 'array'],
      ['values', 'object'],
    ])
    expect(symbols[0]?.children.map(({ name, kind }) => [name, kind])).toEqual([
      ['a', 'import'],
      ['b', 'import'],
    ])
    expect(symbols[1]?.children.map(({ name, kind }) => [name, kind])).toEqual([
      ['x', 'object'],
      ['z', 'reference'],
      ['s', 'function'],
    ])
  })
})

describe('codeActions', () => {
  const offer = (text: string, id: string) => {
    const from = text.indexOf('<')
    const to = text.indexOf('>') - 1
    const plain = text.replace('<', '').replace('>', '')
    const action = service.codeActions(plain, [from, to]).find((candidate) => candidate.id === id)
    return action && { ...action, after: apply(plain, action.edits) }
  }

  it('makes a value a secret', () => {
    expect(offer('values:\n  a: <x>\n', 'encrypt-selection')?.after).toBe(
      'values:\n  a:\n    fn::secret: x\n',
    )
    expect(offer('values:\n  a: {fn::secret: <x>}\n', 'encrypt-selection')).toBeUndefined()
  })

  it('adds inputs that are missing', () => {
    const text = 'values:\n  aws:\n    fn::open::aws-login:\n      oidc:\n        <>sessionName: s\n'
    expect(offer(text, 'add-missing-input')).toMatchObject({
      title: 'Add roleArn',
      after:
        'values:\n  aws:\n    fn::open::aws-login:\n      oidc:\n        sessionName: s\n        roleArn: ""\n',
    })
  })

  it('sets the duration of an AWS login', () => {
    const text = 'values:\n  aws:\n    fn::open::aws-login: {oidc: {<>roleArn: r, sessionName: s}}\n'
    expect(offer(text, 'set-duration')?.after).toContain('sessionName: s, duration: 1h}}')
  })

  it('moves independent values to an environment of their own', () => {
    const text = `values:\n  <# about a\n  a: 1 # one\n  b: [${open}a}]>\n  c: ${open}b}\n`
    const action = offer(text.replace(`[${open}a}]`, `"${open}a}"`), 'extract-to-import')
    expect(action?.newEnvironment).toEqual({
      suggestedName: 'app/a',
      paths: [
        ['values', 'a'],
        ['values', 'b'],
      ],
      text: `values:\n  # about a\n  a: 1 # one\n  b: "${open}a}"\n`,
    })
    expect(action?.after).toBe(`imports:\n  - app/a\nvalues:\n  c: ${open}b}\n`)
  })

  it('leaves values where they are that need others or hold ciphertexts', () => {
    expect(offer(`values:\n  <a: ${open}c}>\n  c: 1\n`, 'extract-to-import')).toBeUndefined()
    expect(
      offer('values:\n  <a: {fn::secret: {ciphertext: x}}>\n  c: 1\n', 'extract-to-import'),
    ).toBeUndefined()
  })
})

describe('codeActions on sealed secrets', () => {
  const text = `values:\n  a: 1\n  b: # why\n    fn::secret: {ciphertext: "AAAA"} # beside\n`
  const actionsAt = (needle: string, more: Partial<LanguageContext> = {}) => {
    const offset = text.indexOf(needle)
    return createLanguageService({ ...context, ...more }).codeActions(text, [offset, offset])
  }

  it('offer to decrypt, and to seal anew what the check found to be foreign', () => {
    expect(actionsAt('AAAA')).toEqual([
      {
        id: 'decrypt-here',
        title: 'Decrypt this secret here',
        edits: [],
        secret: { path: ['values', 'b'], pathText: 'values.b', ciphertext: 'AAAA' },
      },
    ])
    const foreign = actionsAt('fn::secret', { foreignSecrets: ['values.b'] })
    expect(foreign.map(({ id }) => id)).toEqual(['reseal-here', 'decrypt-here'])
    expect(actionsAt('a: 1').filter(({ secret }) => secret)).toEqual([])
  })

  it('put the plaintext or another ciphertext in its place', () => {
    const plain = unseal(text, ['values', 'b'], "it's")
    expect(plain.ok && plain.text).toBe(text.replace('{ciphertext: "AAAA"}', "it's"))
    const other = replaceCiphertext(text, ['values', 'b'], 'BBBB')
    expect(other.ok && other.text).toBe(text.replace('AAAA', 'BBBB'))
    expect(ciphertextAt(text, ['values', 'a'])).toBeUndefined()
  })
})

describe('quickDiagnostics', () => {
  it('finds nothing in a good definition', () => {
    expect(service.quickDiagnostics('imports: [a]\nvalues: {a: 1}\n')).toEqual([])
  })

  it.each([
    ['values:\n  a: "x\n', 'yaml', [12, undefined]],
    ['values:\n  a: {fn::join: "xy"}\n', 'call', [24, 28]],
    [`values:\n  a: é ${open}b.}\n`, 'interpolation', [18, 19]],
    ['values: 1\n', 'structure', [8, 9]],
  ])('marks %j exactly', (text, code, [start, end]) => {
    const [found] = service.quickDiagnostics(text)
    expect(found).toMatchObject({ severity: 'error', code })
    if (code !== 'yaml') expect([found?.range.start.offset, found?.range.end.offset]).toEqual([start, end])
    expect(found?.range.end.offset).toBeGreaterThanOrEqual(found?.range.start.offset ?? 0)
  })
})

describe('jsonSchemaOfDefinition', () => {
  it('lets every input be computed and keeps shared definitions apart', () => {
    const schema = JSON.stringify(service.jsonSchemaOfDefinition())
    expect(schema).toContain('"fn::open::aws-login"')
    expect(schema).toContain('"#/$defs/aws-login.arn"')
    expect(schema).toContain('"aws-login.arn":{"anyOf":[{"type":"string"},{"$ref":"#/$defs/computed"}]}')
  })
})

it('answers anywhere in a broken text', () => {
  const text = `imports:\n - [\nvalues:\n  a: {b: "${open}c\n  d:\n    fn::open:\n\t- "x\n  ? e\n: }]\n`
  for (let offset = 0; offset <= text.length; offset++) {
    const part = text.slice(0, offset)
    expect(() => {
      service.definitionAt(text, offset)
      service.renameKey(text, offset, 'x')
      service.codeActions(part, [0, offset])
      service.quickDiagnostics(part)
      service.documentSymbols(part)
    }).not.toThrow()
  }
})
