import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../evaluate'
import type { SchemaRecord } from '../schema/schema'
import { insertExample, providerDocs } from './provider-docs'
import type { ProviderInfo } from './types'

const inputs: SchemaRecord = {
  type: 'object',
  required: ['login', 'get'],
  properties: {
    login: { type: 'object', required: ['token'], properties: { token: { type: 'string', secret: true } } },
    region: { type: 'string', default: 'eu', description: 'Where.', enum: ['eu', 'us'] },
    get: {
      type: 'object',
      additionalProperties: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    },
    tags: {
      type: 'array',
      items: { type: 'object', properties: { key: { type: 'string', deprecated: true } } },
    },
  },
}

const provider: ProviderInfo = {
  name: 'vault-login',
  kind: 'provider',
  inputs,
  outputs: { type: 'object', properties: { password: { type: 'string', secret: true } } },
}

describe('documentation of a provider', () => {
  it('lists every input at every depth, required ones first', () => {
    const docs = providerDocs(provider)
    expect(docs.inputs.map(({ path, type, required, depth }) => [path, type, required, depth])).toEqual([
      ['login', 'object', true, 0],
      ['login.token', 'string', true, 1],
      ['get', 'object', true, 0],
      ['get.*', 'object', false, 1],
      ['get.*.id', 'string', true, 2],
      ['region', 'string', false, 0],
      ['tags', 'array', false, 0],
      ['tags[].key', 'string', false, 1],
    ])
    expect(docs.inputs.find(({ path }) => path === 'login.token')?.secret).toBe(true)
    expect(docs.inputs.find(({ path }) => path === 'tags[].key')?.deprecated).toBe(true)
    expect(docs.inputs.find(({ path }) => path === 'region')).toMatchObject({
      description: 'Where.',
      default: '"eu"',
      choices: ['eu', 'us'],
    })
    expect(docs.outputs).toMatchObject([{ path: 'password', secret: true }])
  })

  it('has an example that the check accepts, and inserts it under a free name', async () => {
    const first = insertExample('# c\nvalues:\n  vault: 1 # d\n', provider)
    if (!first.ok) throw new Error(first.code)
    expect(first.text).toContain('vault-2:\n    fn::open::vault-login:')
    expect(first.text).toContain('vault: 1 # d')
    const { diagnostics } = await checkDefinition({
      name: 'a/b',
      organization: 'acme',
      definition: first.text,
      loader: { load: () => ({ refusal: { code: 'x', message: 'x' } }) },
      providers: {
        provider: (name) => ({
          name,
          schema: () => ({ inputs, outputs: true }),
          open: () => Promise.reject(new Error()),
        }),
        rotator: () => undefined,
      },
    })
    expect(diagnostics).toEqual([])
    expect(insertExample('', provider).ok).toBe(true)
    expect(insertExample('a: [', provider).ok).toBe(false)
  })

  it('of anything at all is empty', () => {
    expect(providerDocs({ ...provider, inputs: true, outputs: true })).toMatchObject({
      inputs: [],
      outputs: [],
    })
  })
})
