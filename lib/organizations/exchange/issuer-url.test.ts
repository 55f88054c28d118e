import { expect, it } from 'vitest'
import { issuerUrlProblem } from './issuer-url'

it.each([
  'https://token.actions.githubusercontent.com',
  'https://gitlab.example.com/',
  'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  'https://ci.example.com:8443/realms/x',
])('takes %s', (url) => {
  expect(issuerUrlProblem(url)).toBeUndefined()
})

it.each([
  '',
  'ci.example.com',
  'http://ci.example.com',
  'ftp://ci.example.com',
  'https://CI.example.com',
  'https://ci.example.com:443',
  'https://ci.example.com:443/x',
  'https://user@ci.example.com',
  'https://user:pw@ci.example.com',
  'https://ci.example.com?x',
  'https://ci.example.com#x',
  'https://ci.example.com/a/../b',
  'https://ci.example.com/./a',
  'https:\\\\ci.example.com',
  'https:///ci.example.com',
  ' https://ci.example.com',
  'https://ci.example.com\n',
  'https://сi.example.com',
  'https://ｃi.example.com',
  'https://0x7f.1',
  'javascript:alert(1)',
])('T07: refuses %j', (url) => {
  expect(issuerUrlProblem(url)).toBeDefined()
})
