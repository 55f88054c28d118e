import { describe, expect, it } from 'vitest'
import { trusts } from './evaluate'
import { parseTrustPolicy, type TrustPolicy } from './policy'

type Statement = Extract<TrustPolicy['Statement'], unknown[]>[number]

const federated = 'arn:aws:iam::123456789012:oidc-provider/127.0.0.1:5120/oidc'
const allow: Statement = {
  Effect: 'Allow',
  Principal: { Federated: federated },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringEquals: { '127.0.0.1:5120/oidc:aud': 'aws:acme' } },
}
const question = {
  action: 'sts:AssumeRoleWithWebIdentity',
  principal: { kind: 'Federated' as const, names: [federated] },
  context: { '127.0.0.1:5120/oidc:aud': ['aws:acme'], '127.0.0.1:5120/oidc:sub': ['s'] },
}

function ask(...statements: Statement[]): boolean {
  return trusts(parseTrustPolicy({ Version: '2012-10-17', Statement: statements }), question)
}

describe('a trust policy', () => {
  it('allows when principal, action and condition fit', () => expect(ask(allow)).toBe(true))
  it('refuses another principal', () => {
    expect(ask({ ...allow, Principal: { Federated: `${federated}/v2` } })).toBe(false)
    expect(ask({ ...allow, Principal: { AWS: federated } })).toBe(false)
  })
  it('refuses another action', () => expect(ask({ ...allow, Action: 'sts:AssumeRole' })).toBe(false))
  it('refuses another value of a condition key', () => {
    expect(ask({ ...allow, Condition: { StringEquals: { '127.0.0.1:5120/oidc:aud': 'aws:other' } } })).toBe(
      false,
    )
  })
  it('needs every operator and every key to hold', () => {
    const Condition = { ...allow.Condition, StringLike: { '127.0.0.1:5120/oidc:sub': 'other' } }
    expect(ask({ ...allow, Condition })).toBe(false)
  })
  it('takes condition keys without regard to case', () => {
    expect(ask({ ...allow, Condition: { StringEquals: { '127.0.0.1:5120/OIDC:AUD': 'aws:acme' } } })).toBe(
      true,
    )
  })
  it('lets an explicit deny win, whatever the order', () => {
    const deny: Statement = { ...allow, Effect: 'Deny' }
    expect(ask(deny, allow)).toBe(false)
    expect(ask(allow, deny)).toBe(false)
  })
  it('does not match a statement with an unknown operator', () => {
    expect(ask({ ...allow, Condition: { NumericEquals: { '127.0.0.1:5120/oidc:aud': 'aws:acme' } } })).toBe(
      false,
    )
  })
  it('is refused when it holds an element that is not evaluated', () => {
    expect(() => parseTrustPolicy('{"Version":"2012-10-17","Statement":[{"NotAction":"sts:*"}]}')).toThrow(
      'MalformedPolicyDocument',
    )
  })
})
