import { describe, expect, test } from 'vitest'
import { audienceFor, SubjectError, subjectV1 } from './subject'

const context = {
  organization: 'acme',
  rootEnvironment: 'shop/dev',
  currentEnvironment: 'shop/login',
  userLogin: 'jane',
  tokenType: 'personal',
} as const

describe('subjectV1', () => {
  test('names the environment that was opened', () => {
    expect(subjectV1(context)).toBe('pulumi:environments:org:acme:env:shop/dev')
  })

  test('has no special case for the project default', () => {
    const rootEnvironment = 'default/db'
    expect(subjectV1({ ...context, rootEnvironment })).toBe('pulumi:environments:org:acme:env:default/db')
  })

  test('lists attributes in their order after the organization', () => {
    expect(subjectV1(context, ['currentEnvironment.name', 'pulumi.user.login'])).toBe(
      'pulumi:environments:pulumi.organization.login:acme:currentEnvironment.name:shop/login:pulumi.user.login:jane',
    )
  })

  test('does not repeat the organization', () => {
    expect(subjectV1(context, ['pulumi.organization.login', 'rootEnvironment.name'])).toBe(
      'pulumi:environments:pulumi.organization.login:acme:rootEnvironment.name:shop/dev',
    )
  })

  test('S07: refuses a separator inside a value, so that no name can forge another subject', () => {
    const userLogin = 'jane:pulumi.token.type:team'
    expect(() => subjectV1({ ...context, userLogin }, ['pulumi.user.login'])).toThrow(SubjectError)
    expect(() => subjectV1({ ...context, rootEnvironment: 'a:b/c' })).toThrow(SubjectError)
  })

  test('refuses a team attribute for a caller without a team', () => {
    expect(() => subjectV1(context, ['pulumi.token.team'])).toThrow(SubjectError)
    expect(subjectV1({ ...context, tokenTeam: 'ops' }, ['pulumi.token.team'])).toMatch(
      /:pulumi\.token\.team:ops$/,
    )
  })
})

test('audienceFor puts the provider before the organization', () => {
  expect(audienceFor('aws', 'acme')).toBe('aws:acme')
})
