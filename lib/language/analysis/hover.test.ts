import { describe, expect, it } from 'vitest'
import { createLanguageService } from './service'
import type { Hover, LanguageContext } from './types'

const at = (environment: string, line: number) => ({
  def: { environment, begin: { line, column: 3, byte: 9 }, end: { line, column: 4, byte: 10 } },
})

const context: LanguageContext = {
  environments: [{ name: 'app/base', description: 'Shared by all.' }],
  providers: [
    {
      name: 'aws-login',
      kind: 'provider',
      description: 'AWS credentials.',
      documentation: 'https://example.com/aws-login',
      inputs: {
        type: 'object',
        properties: { duration: { type: 'string', description: 'How long they last.' } },
      },
      outputs: {
        type: 'object',
        properties: { key: { type: 'string', secret: true, description: 'The key.' } },
      },
    },
  ],
  evaluation: {
    schema: {
      type: 'object',
      properties: { region: { type: 'string', const: 'eu' }, token: { type: 'string' } },
    },
    properties: {
      region: {
        value: 'eu',
        trace: { ...at('app/dev', 4), base: { value: 'us', trace: at('app/base', 2) } },
      },
      token: { value: 'hunter2', secret: true, trace: at('app/base', 3) },
    },
  },
}

function hoverAt(marked: string): Hover | undefined {
  const offset = marked.indexOf('|')
  return createLanguageService(context).hover(marked.slice(0, offset) + marked.slice(offset + 1), offset)
}

const open = '$' + '{'

describe('hover', () => {
  it('tells type and origin of a value, the overridden ones included', () => {
    expect(hoverAt('values:\n  re|gion: eu\n')).toEqual({
      range: {
        start: { offset: 10, line: 2, column: 3 },
        end: { offset: 16, line: 2, column: 9 },
      },
      title: 'region',
      type: 'string',
      origin: [
        { environment: 'app/dev', line: 4, column: 3 },
        { environment: 'app/base', line: 2, column: 3 },
      ],
      contents: ['region: string', 'from app/dev, line 4', 'overrides app/base, line 2'],
    })
  })

  it('shows the value of a reference, accessor by accessor', () => {
    expect(hoverAt(`values:\n  a: x ${open}re|gion} y`)).toMatchObject({ value: 'eu', title: 'region' })
    const document = `values:\n  aws: {fn::open::aws-login: {}}\n  a: "${open}aws.ke|y}"`
    expect(hoverAt(document)).toMatchObject({
      title: 'aws.key',
      type: 'string',
      secret: true,
      description: 'The key.',
    })
  })

  it.each([
    `values:\n  a: ${open}tok|en}`,
    'values:\n  tok|en:\n    fn::secret: hunter2',
    'values:\n  token:\n    fn::secret: hun|ter2',
    'values:\n  token: {fn::secret: {cipher|text: hunter2}}',
    'values:\n  other:\n    fn::secret: |-\n      hun^ter2'.replace('|-', '>-').replace('^', '|'),
  ])('never shows a secret: %j', (text) => {
    const result = hoverAt(text)
    expect(result?.secret).toBe(true)
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })

  it('describes functions, providers and their inputs', () => {
    expect(hoverAt('values:\n  a: {fn::jo|in: []}')?.description).toContain('Concatenates')
    expect(hoverAt('values:\n  a:\n    fn::open::aws-|login:\n')).toMatchObject({
      title: 'fn::open::aws-login',
      documentation: 'https://example.com/aws-login',
    })
    const inputs = 'values:\n  a:\n    fn::open::aws-login:\n      dur|ation: 1h\n'
    expect(hoverAt(inputs)).toMatchObject({
      title: 'duration',
      type: 'string',
      description: 'How long they last.',
    })
  })

  it('describes an import', () => {
    expect(hoverAt('imports:\n  - app/ba|se@latest\n')).toMatchObject({ description: 'Shared by all.' })
    expect(hoverAt('imports:\n  - app/unknow|n\n')).toBeUndefined()
  })

  it('answers anywhere in a broken document', () => {
    const text = `imports:\n - [\nvalues:\n  a: {b: "${open}c\n  d:\n    fn::open:\n\t- "x\n  ? e\n: }]\n`
    for (let offset = 0; offset <= text.length; offset++) {
      expect(() => createLanguageService(context).hover(text, offset)).not.toThrow()
    }
  })
})
