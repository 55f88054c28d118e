import { expect, it } from 'vitest'
import { hasRotator } from './rotators'

it('finds a rotator wherever it stands, and nothing that only reads like one', () => {
  const short = 'values:\n  a:\n    - deep: { "fn::rotate::password": { inputs: {} } }\n'
  const long = 'values:\n  a:\n    fn::rotate:\n      provider: password\n      inputs: {}\n'
  expect([short, long].map(hasRotator)).toEqual([true, true])
  const plain = 'values:\n  a: fn::rotate::password\n  # fn::rotate\n  b: { fn::open::aws-login: {} }\n'
  expect([plain, '', 'values: [', '{}'].map(hasRotator)).toEqual([false, false, false, false])
})
