import { expect, test } from 'vitest'
import { explainStsError } from './explain'

const sent = {
  issuer: 'https://esc.acme.com/oidc',
  subject: 'pulumi:environments:org:acme:env:a/b',
  audience: 'aws:acme',
}

function stsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

test('a refused trust policy shows subject and audience and names the policy', () => {
  const refusal = stsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
  const failure = explainStsError(refusal, sent)
  expect(failure.refusal).toMatchObject({ code: 'AccessDenied', sent })
  expect(failure.message).toContain(sent.subject)
  expect(failure.message).toContain(sent.audience)
  expect(failure.message).toContain('trust policy')
})

test.each([
  ['InvalidIdentityTokenException', 'InvalidIdentityToken'],
  ['IDPCommunicationErrorException', 'IDPCommunicationError'],
  ['ExpiredTokenException', 'ExpiredTokenException'],
  ['PackedPolicyTooLargeException', 'PackedPolicyTooLarge'],
  ['MalformedPolicyDocumentException', 'MalformedPolicyDocument'],
  ['RegionDisabledException', 'RegionDisabledException'],
  ['IDPRejectedClaimException', 'IDPRejectedClaim'],
])("the SDK's %s keeps the wire's code %s", (name, code) => {
  expect(explainStsError(stsError(name, 'text'), sent).refusal.code).toBe(code)
})

test('an unknown failure does not repeat its text, which could hold anything', () => {
  const failure = explainStsError(stsError('Error', 'connect ECONNREFUSED token=abc'), sent)
  expect(failure.refusal.code).toBe('Unavailable')
  expect(failure.message).not.toContain('token=abc')
})
