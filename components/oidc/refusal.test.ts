import { expect, it } from 'vitest'
import { ProviderFailure } from '@/lib/providers/failure'
import { cloudRefusalOf } from './refusal'

const sent = {
  issuer: 'https://esc.example.com/oidc',
  subject: 'pulumi:environments:org:acme:env:shop/prod',
  audience: 'aws:acme',
}

it('takes apart what a provider failure says', () => {
  const refusal = {
    provider: 'aws-login',
    code: 'AccessDenied',
    answer: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    advice: "The role's trust policy does not accept this subject. Compare the policy's conditions.",
  }
  const { message } = new ProviderFailure({ ...refusal, sent })
  const { provider: _, ...rest } = refusal
  expect(cloudRefusalOf({ severity: 'error', code: 'provider', summary: message })).toEqual({ ...rest, sent })
})

it('leaves other diagnostics alone', () => {
  expect(cloudRefusalOf({ severity: 'error', code: 'provider', summary: 'no such provider' })).toBeUndefined()
})
