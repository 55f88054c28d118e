import { describe, expect, it } from 'vitest'
import { createLanguageService } from './service'
import type { LanguageContext } from './types'

const aws = {
  type: 'object',
  properties: {
    static: {
      type: 'object',
      properties: { accessKeyId: { type: 'string' }, sessionToken: { type: 'string' } },
      required: ['accessKeyId'],
    },
    oidc: {
      type: 'object',
      description: 'Logs in with an identity token.',
      properties: {
        duration: { type: 'string' },
        kind: { type: 'string', enum: ['short', 'on'] },
        roleArn: { type: 'string' },
        force: { type: 'boolean' },
      },
      required: ['roleArn'],
    },
  },
} as const

const context: LanguageContext = {
  environment: 'app/dev',
  environments: [
    { name: 'app/dev' },
    { name: 'app/base', versions: ['latest', '3'], description: 'Shared.' },
    { name: 'net/dns-zone' },
  ],
  providers: [
    {
      name: 'aws-login',
      kind: 'provider',
      description: 'AWS credentials.',
      inputs: aws,
      outputs: {
        type: 'object',
        properties: { accessKeyId: { type: 'string' }, secretAccessKey: { type: 'string', secret: true } },
      },
    },
    {
      name: 'postgres',
      kind: 'rotator',
      inputs: { type: 'object', properties: { host: { type: 'string' } } },
      state: true,
      outputs: true,
    },
  ],
  evaluation: {
    schema: {
      type: 'object',
      properties: {
        region: { type: 'string' },
        net: { type: 'object', properties: { zone: { type: 'string' } } },
      },
    },
    properties: {
      region: { value: 'eu', trace: { def: { environment: 'app/base', ...place() } } },
      'two words': { value: 1, trace: { def: { environment: 'app/base', ...place() } } },
      net: {
        value: { zone: { value: 'z', trace: { def: { environment: 'app/base', ...place() } } } },
        trace: { def: { environment: 'app/base', ...place() } },
      },
    },
  },
}

function place() {
  return { begin: { line: 1, column: 1, byte: 0 }, end: { line: 1, column: 2, byte: 1 } }
}

/** Completes at `|` and returns the suggestions; `apply` gives the text after taking one. */
function at(marked: string) {
  const offset = marked.indexOf('|')
  const text = marked.slice(0, offset) + marked.slice(offset + 1)
  const items = createLanguageService(context).complete(text, offset)
  const labels = items.map((item) => item.label)
  const apply = (label: string) => {
    const item = items.find((candidate) => candidate.label === label)
    if (item === undefined) return undefined
    const { start, end } = item.range
    return `${text.slice(0, start.offset)}${item.insertText}${text.slice(end.offset)}`
  }
  return { items, labels, apply }
}

describe('keys', () => {
  it.each(['|', 'val|', 'imports: []\n|'])('offers what is missing at the top: %j', (text) => {
    const { labels } = at(text)
    expect(labels).toContain('values')
    if (text.startsWith('imports')) expect(labels).not.toContain('imports')
  })

  it('offers the reserved projections below values, and keys of imports to override', () => {
    expect(at('values:\n  |\n').labels).toEqual([
      'environmentVariables',
      'files',
      'pulumiConfig',
      'region',
      'net',
      'two words',
    ])
    expect(at('values:\n  files: {}\n  env|').labels).toEqual(['environmentVariables'])
  })

  it('offers nothing inside block scalars and comments', () => {
    expect(at('values:\n  a: |\n    te|'.replace('|\n', '>\n')).labels).toEqual([])
    expect(at('values:\n  # fn|').labels).toEqual([])
  })
})

describe('functions and providers', () => {
  it.each([
    'values:\n  aws:\n    fn|',
    'values:\n  aws:\n    fn::|',
    'values:\n  aws:\n    fn::open::|',
    'values:\n  - aws: {fn::open::|',
  ])('offers them where a value begins: %j', (text) =>
    expect(at(text).labels).toContain('fn::open::aws-login'),
  )

  it('inserts the key and goes on below it', () => {
    expect(at('values:\n  aws:\n    fn::o|\n  b: 1\n').apply('fn::open::aws-login')).toBe(
      'values:\n  aws:\n    fn::open::aws-login:\n      \n  b: 1\n',
    )
    expect(at('values:\n  aws: {fn::o|}').apply('fn::open::aws-login')).toBe(
      'values:\n  aws: {fn::open::aws-login: {}}',
    )
    expect(at('values:\n  a:\n    fn::j|').apply('fn::join')).toBe('values:\n  a:\n    fn::join: ["", []]')
  })

  it('replaces the whole word', () => {
    expect(at('values:\n  aws:\n    fn::op|en::aws\n').apply('fn::open::aws-login')).toBe(
      'values:\n  aws:\n    fn::open::aws-login:\n      \n',
    )
  })

  it('does not offer calls beside other keys', () => {
    expect(at('values:\n  aws:\n    a: 1\n    fn|').labels).toEqual([])
  })
})

describe('inputs', () => {
  it('follows the schema, required first', () => {
    const { items } = at('values:\n  aws:\n    fn::open::aws-login:\n      oidc:\n        |\n')
    expect(items.slice(0, 4).map((item) => [item.label, item.required ?? false])).toEqual([
      ['roleArn', true],
      ['duration', false],
      ['kind', false],
      ['force', false],
    ])
  })

  it('leaves out what is there, above and below', () => {
    const { labels } = at(
      'values:\n  aws:\n    fn::open::aws-login:\n      oidc:\n        roleArn: x\n        |\n        kind: on\n',
    )
    expect(labels).toEqual(['duration', 'force'])
  })

  it('describes an input', () => {
    const [oidc] = at('values:\n  aws:\n    fn::open::aws-login:\n      oi|').items
    expect(oidc).toMatchObject({
      label: 'oidc',
      detail: 'object',
      description: 'Logs in with an identity token.',
      again: true,
    })
  })

  it('offers enumerated values, quoted where YAML needs it, and booleans', () => {
    const inputs = 'values:\n  aws:\n    fn::open::aws-login: {oidc: {'
    expect(at(`${inputs}kind: |`).apply('on')).toBe(`${inputs}kind: "on"`)
    expect(at(`${inputs}kind: "|"}}`).labels).toEqual(['short', 'on'])
    expect(at(`${inputs}force: |`).labels).toEqual(['true', 'false'])
  })

  it('knows the long form', () => {
    expect(at('values:\n  a:\n    fn::open:\n      provider: |\n').labels).toEqual(['aws-login'])
    expect(
      at('values:\n  a:\n    fn::open:\n      provider: aws-login\n      inputs:\n        |\n').labels,
    ).toContain('oidc')
    expect(at('values:\n  a:\n    fn::rotate::postgres:\n      |\n').labels.slice(0, 2)).toEqual([
      'inputs',
      'state',
    ])
    expect(at('values:\n  a:\n    fn::rotate::postgres:\n      inputs:\n        |\n').labels).toContain(
      'host',
    )
  })
})

describe('references', () => {
  const document = (typed: string) =>
    `imports:\n  - app/base\nvalues:\n  aws:\n    login:\n      fn::open::aws-login: {}\n    kept: {x: [1]}\n  alias: \${aws}\n  here: ${typed}\n`

  it('begins with own values, imported ones and the three roots', () => {
    const { labels } = at(document('"$' + '{|}"'))
    expect(labels).toEqual([
      'aws',
      'alias',
      'region',
      'net',
      'two words',
      'imports',
      'context',
      'environments',
    ])
  })

  it.each([
    ['aws.|', ['login', 'kept']],
    ['aws.login.|', ['accessKeyId', 'secretAccessKey']],
    ['aws.login.sec|', ['secretAccessKey']],
    ['alias.login.acc|', ['accessKeyId', 'secretAccessKey']],
    ['aws["ke|', ['kept']],
    ['net.|', ['zone']],
    ['imports.|', ['app/base']],
    ['imports["app/base"].|', ['region', 'two words', 'net']],
    ['environments.|', ['app', 'net']],
    ['environments.app.|', ['dev', 'base']],
    ['context.|', ['currentEnvironment', 'rootEnvironment', 'pulumi']],
    ['context.pulumi.user.|', ['id', 'login']],
    ['nothing.|', []],
  ])('follows %s', (typed, expected) => {
    expect(at(document(`a $${'{'}${typed}`)).labels).toEqual(expected)
  })

  it('writes names that are no identifiers in brackets', () => {
    const open = '$' + '{'
    expect(at(document(`${open}imports.|}`)).apply('app/base')).toContain(`here: ${open}imports["app/base"]}`)
    expect(at(document(`${open}two|}`)).apply('two words')).toContain(`here: ${open}["two words"]}`)
    expect(at(document(`${open}aws.|login}`)).apply('kept')).toContain(`here: ${open}aws.kept}`)
  })

  it('knows an escape', () => {
    expect(at(document('$' + '${|}')).labels).toEqual([])
  })

  it('says what is secret', () => {
    const [item] = at(document('$' + '{aws.login.secret|')).items
    expect(item?.detail).toBe('secret string')
  })
})

describe('imports', () => {
  it('offers environments not yet imported, never itself', () => {
    expect(at('imports:\n  - |').labels).toEqual(['app/base', 'net/dns-zone'])
    expect(at('imports:\n- app/base\n- n|').labels).toEqual(['net/dns-zone'])
    expect(at('imports: [|').labels).toEqual(['app/base', 'net/dns-zone'])
  })

  it('offers versions and options', () => {
    expect(at('imports:\n  - app/base@|').labels).toEqual(['app/base@latest', 'app/base@3'])
    expect(at('imports:\n  - app/base:\n      |').labels).toEqual(['merge'])
    expect(at('imports:\n  - app/base: {merge: |').labels).toEqual(['true', 'false'])
  })
})

it('answers anywhere in a broken document', () => {
  const text = 'imports:\n - [\nvalues:\n  a: {b: "${c\n  d:\n    fn::open::aws-login:\n\t- "x\n  ? e\n: }]\n'
  for (let offset = 0; offset <= text.length; offset++) {
    expect(() => createLanguageService(context).complete(text, offset)).not.toThrow()
  }
})
