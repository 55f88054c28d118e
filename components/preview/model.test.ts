import { describe, expect, it } from 'vitest'
import type { EvaluatedEnvironment, ExportedExpr } from '@/lib/language'
import { treeToJson } from './json'
import { type PreviewNode, previewTree } from './model'

const range = {
  environment: 'shop/prod',
  begin: { line: 1, column: 1, byte: 0 },
  end: { line: 1, column: 2, byte: 1 },
}
const trace = { def: range }
const expr = (rest: Partial<ExportedExpr>): ExportedExpr => ({ range, ...rest })
const key = (name: string) => ({ key: name, range, value: range })

const loginSchema = {
  type: 'object',
  properties: { accessKeyId: { type: 'string' }, secretAccessKey: { type: 'string', secret: true } },
} as const

const login = expr({ builtin: { name: 'fn::open::aws-login', nameRange: range, arg: expr({}) } })

function tree(evaluation: EvaluatedEnvironment): PreviewNode[] {
  return previewTree({ evaluation, ownNames: ['shop/prod'] })
}

describe('the preview of a provider that has not been called', () => {
  const evaluation: EvaluatedEnvironment = {
    exprs: {
      aws: expr({ object: { login } }),
      id: expr({ symbol: [key('aws'), key('login'), key('accessKeyId')] }),
    },
    properties: {
      aws: { value: { login: { unknown: true, trace } }, trace },
      id: { unknown: true, trace },
    },
    schema: {
      type: 'object',
      properties: {
        aws: { type: 'object', properties: { login: loginSchema } },
        id: { type: 'string' },
      },
    },
  }

  it('shows what the schema promises, each property unknown with its type', () => {
    const [aws] = tree(evaluation)
    const promised = aws?.children[0]
    expect(promised).toMatchObject({ name: 'login', state: 'unknown', maker: 'fn::open::aws-login' })
    expect(promised?.children).toMatchObject([
      { path: 'aws.login.accessKeyId', state: 'unknown', type: 'string' },
      { path: 'aws.login.secretAccessKey', state: 'unknown-secret', type: 'string' },
    ])
  })

  it('names the provider behind a reference', () => {
    expect(tree(evaluation)[1]).toMatchObject({
      state: 'unknown',
      type: 'string',
      maker: 'fn::open::aws-login',
    })
  })
})

describe('secrets', () => {
  it('are masked, and what lies in a secret collection too', () => {
    const [node] = tree({
      properties: { db: { secret: true, value: { password: { value: 'hunter2', trace } }, trace } },
    })
    expect(node?.children[0]).toMatchObject({ state: 'secret', text: 'hunter2' })
    expect(treeToJson(node ? [node] : [], { secrets: 'mask' })).not.toContain('hunter2')
    expect(treeToJson(node ? [node] : [], { secrets: 'show' })).toContain('hunter2')
  })

  it('that are stored are not mistaken for what a provider will tell', () => {
    const ciphertext = expr({ object: { ciphertext: expr({ literal: 'x' }) } })
    const stored = expr({ builtin: { name: 'fn::secret', nameRange: range, arg: ciphertext } })
    const [node] = tree({
      exprs: { password: stored },
      properties: { password: { secret: true, unknown: true, trace } },
    })
    expect(node?.state).toBe('secret')
    expect(node?.text).toBeUndefined()
  })
})

describe('origin', () => {
  it('is the other environment that set the value, absent for own values', () => {
    const elsewhere = { def: { ...range, environment: 'shop/base' } }
    const nodes = tree({ properties: { a: { value: 1, trace }, b: { value: 2, trace: elsewhere } } })
    expect(nodes.map((node) => node.origin)).toEqual([undefined, 'shop/base'])
  })
})

it('a cycle of references ends', () => {
  const exprs = { a: expr({ symbol: [key('b')] }), b: expr({ symbol: [key('a')] }) }
  expect(tree({ exprs, properties: { a: { unknown: true, trace } } })[0]?.maker).toBeUndefined()
})
