import { describe, expect, test } from 'vitest'
import { awsTrust, isPublicIssuer, parseRoleArn } from './trust'
import { azureTrust } from './trust-azure'
import { gcpTrust } from './trust-gcp'

const input = {
  issuer: 'https://esc.acme.com/oidc',
  subject: 'pulumi:environments:org:acme:env:shop/dev',
  audience: 'aws:acme',
}

test('the AWS policy restricts audience and subject exactly', () => {
  const policy = JSON.parse(awsTrust({ ...input, accountId: '111122223333' }).policy)
  expect(policy.Statement).toHaveLength(1)
  expect(policy.Statement[0]).toEqual({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/esc.acme.com/oidc' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'esc.acme.com/oidc:aud': 'aws:acme', 'esc.acme.com/oidc:sub': input.subject },
    },
  })
})

test('the commands carry the issuer with its port and path, and the role', () => {
  const { commands } = awsTrust({ ...input, issuer: 'http://127.0.0.1:5120/oidc', roleName: 'app' })
  expect(commands[0]).toContain('--url http://127.0.0.1:5120/oidc --client-id-list aws:acme')
  expect(commands.join('\n')).toContain('127.0.0.1:5120/oidc:sub')
  expect(commands.join('\n')).toContain('--role-name app')
})

describe('isPublicIssuer', () => {
  test.each(['https://esc.acme.com/oidc', 'https://8.8.8.8/oidc'])('accepts %s', (issuer) => {
    expect(isPublicIssuer(issuer)).toBe(true)
  })
  test.each([
    'http://esc.acme.com/oidc',
    'https://localhost/oidc',
    'https://esc/oidc',
    'https://10.1.2.3/oidc',
    'https://[::1]/oidc',
    'https://[::ffff:192.168.0.1]/oidc',
    'https://esc.internal/oidc',
  ])('refuses %s', (issuer) => {
    expect(isPublicIssuer(issuer)).toBe(false)
  })
})

test('parseRoleArn reads account and role, with and without a path', () => {
  expect(parseRoleArn('arn:aws:iam::111122223333:role/app')).toEqual({
    accountId: '111122223333',
    roleName: 'app',
  })
  expect(parseRoleArn('arn:aws-us-gov:iam::111122223333:role/team/x/app')?.roleName).toBe('app')
  expect(parseRoleArn('<your-oidc-iam-role-arn>')).toBeUndefined()
})

test('the Azure credential names issuer, audience and the whole subject', () => {
  const { policy, commands } = azureTrust({ ...input, audience: 'azure:acme', clientId: 'c0ffee' })
  expect(JSON.parse(policy)).toEqual({
    name: 'pulumi-environments-org-acme-env-shop-dev',
    issuer: input.issuer,
    subject: input.subject,
    audiences: ['azure:acme'],
  })
  expect(commands[1]).toContain('--id c0ffee')
})

test('the binding of Google Cloud is for this one subject', () => {
  const trust = gcpTrust({
    ...input,
    audience: 'gcp:acme',
    projectNumber: '123',
    poolId: 'p',
    serviceAccount: 's@x',
  })
  expect(JSON.parse(trust.policy).bindings[0].members).toEqual([
    `principal://iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/p/subject/${input.subject}`,
  ])
  expect(trust.commands.join('\n')).toContain('--allowed-audiences=gcp:acme')
  expect(trust.commands.join('\n')).toContain('add-iam-policy-binding s@x')
})
