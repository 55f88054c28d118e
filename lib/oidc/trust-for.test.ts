import { expect, test } from 'vitest'
import { trustedServices, trustFor } from './trust-for'

const issuer = 'https://esc.acme.com/oidc'
const subject = 'pulumi:environments:org:acme:env:shop/dev'

test.each(trustedServices.filter((service) => service !== 'snowflake'))(
  'the trust for %s names issuer, audience and the exact subject',
  (service) => {
    const trust = trustFor({ issuer, subject, audience: `${service}:acme` })
    const told = [trust?.policy, ...(trust?.commands ?? [])].join('\n')
    for (const claim of [subject, `${service}:acme`, 'esc.acme.com/oidc']) expect(told).toContain(claim)
    expect(told).not.toContain('StringLike')
  },
)

test('Snowflake takes issuer, keys and audience, and the user from the token', () => {
  const { policy = '' } = trustFor({ issuer, subject, audience: 'snowflake:acme' }) ?? {}
  expect(policy).toContain(`'${issuer}/.well-known/jwks'`)
  expect(policy).toContain("('snowflake:acme')")
})

test('the role that AWS refused is the one to change', () => {
  const roleArn = 'arn:aws:iam::111122223333:role/app'
  const trust = trustFor({ issuer, subject, audience: 'aws:acme' }, { roleArn })
  expect(trust?.policy).toContain('111122223333')
})

test.each(['registry.example.com', 'https://adapter.example.com/', 'constructor:acme'])(
  '%s is the audience of no login',
  (audience) => {
    expect(trustFor({ issuer, subject, audience })).toBeUndefined()
  },
)
