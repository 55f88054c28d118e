/** Step two: a token of the service account, generated with the token at hand. */
import * as z from 'zod'
import type { IdentityClaims } from '@/lib/oidc/token'
import { type CallContext, callService, jsonBody } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import { explainGoogle } from './explain'
import { cloudPlatform } from './federate'

export interface Impersonation {
  token: string
  /** E-mail address. */
  serviceAccount: string
  lifetimeSeconds: number
  /** The claims that the token was traded for. */
  sent?: IdentityClaims
  context: CallContext
}

const answer = z.object({ accessToken: z.string().min(1), expireTime: z.iso.datetime({ offset: true }) })

/** @throws ProviderFailure with Google's status as code */
export async function impersonate(request: Impersonation): Promise<{ accessToken: string; expiry: string }> {
  const { token, serviceAccount, lifetimeSeconds, sent, context } = request
  const path = ['v1', 'projects', '-', 'serviceAccounts', `${serviceAccount}:generateAccessToken`]
  const { accessToken, expireTime } = await callService({
    provider: 'gcp-login',
    service: 'Google',
    url: serviceUrl('https://iamcredentials.googleapis.com', path),
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: jsonBody({ scope: [cloudPlatform], lifetime: `${lifetimeSeconds}s` }),
    answer,
    explain: (refused) =>
      explainGoogle(
        refused,
        (status) =>
          impersonationAdvice[status] ??
          'Check serviceAccount, and that the IAM Service Account Credentials API is enabled.',
      ),
    secrets: [token],
    sent,
    context,
  })
  return { accessToken, expiry: expireTime }
}

/** What to do, by Google's status. */
export const impersonationAdvice: Readonly<Record<string, string>> = {
  PERMISSION_DENIED:
    'Give the principal of this subject roles/iam.workloadIdentityUser on the service account, and check that the account exists.',
  NOT_FOUND: 'Check serviceAccount: no such service account.',
  INVALID_ARGUMENT:
    'Check tokenLifetime: more than 1h needs an exception in the policy of the Google organization.',
}
