import { expect, it } from 'vitest'
import { providerAt } from './provider-at'
import type { ProviderInfo } from './types'

const info = (kind: ProviderInfo['kind'], name: string): ProviderInfo => ({
  kind,
  name,
  inputs: true,
  outputs: true,
})
const providers = [info('provider', 'aws'), info('provider', 'aws-login'), info('rotator', 'aws-login')]

const text = `values:
  # fn::open::aws: not a call
  a:
    fn::open::aws-login:
      oidc: { sessionName: one }
  b:
    fn::rotate::aws-login:
      inputs:
        region: here
  c: { fn::open: { provider: aws, inputs: { x: 1 } } }
  d: plain
`

it('is the one of the call under the cursor, otherwise the first of the text', () => {
  const at = (needle: string) => providerAt(text, text.indexOf(needle) + 1, providers)
  expect(at('sessionName')).toBe(providers[1])
  expect(at('region')).toBe(providers[2])
  expect(at('x: 1')).toBe(providers[0])
  expect(at('plain')).toBe(providers[1])
  expect(providerAt('values: [', 3, providers)).toBeUndefined()
  expect(providerAt('values:\n  a: 1\n', 9, providers)).toBeUndefined()
})
