import { expect, it } from 'vitest'
import { callsIn } from './calls'

const definition = `values:
  plain: \${secret}
  secret:
    fn::secret: x
  databases:
    - fn::rotate::password: {inputs: {}}
  text:
    fn::toJSON:
      login: {"fn::open::aws-login": {static: {accessKeyId: a, secretAccessKey: {"fn::secret": y}}}}
`

it('finds every call in order, with a path where it is a value of its own', () => {
  expect(callsIn(definition, 'app/dev')).toEqual([
    { function: 'fn::secret', name: 'fn::secret', path: 'secret' },
    { function: 'fn::rotate', name: 'fn::rotate::password', path: 'databases[0]' },
    { function: 'fn::toJSON', name: 'fn::toJSON', path: 'text' },
    { function: 'fn::open', name: 'fn::open::aws-login', path: undefined },
    { function: 'fn::secret', name: 'fn::secret', path: undefined },
  ])
})

it('finds none in what is no definition', () => {
  expect(callsIn('values: [', 'app/dev')).toEqual([])
  expect(callsIn('', 'app/dev')).toEqual([])
})
