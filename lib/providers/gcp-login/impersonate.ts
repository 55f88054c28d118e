/** Step two: a token of the service account, generated with the token at hand. */
import * as z from 'zod'
import type { IdentityClaims } from '@/lib/oidc/token'
import { type CallContext, callService, type Explanation, jsonBody } from '../service/call'
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
    explain: (refused) => explainGoogle(refused, (status) => adviceFor(status)),
    secrets: [token],
    sent,
    context,
  })
  return { accessToken, expiry: expireTime }
}

function adviceFor(status: string): Explanation['advice'] {
  switch (status) {
    case 'PERMISSION_DENIED':
      return 'Give the principal of this subject roles/iam.workloadIdentityUser on the service account, and check that the account exists.'
    case 'NOT_FOUND':
      return 'Check serviceAccount: no such service account.'
    case 'INVALID_ARGUMENT':
      return 'Check tokenLifetime: more than 1h needs an exception in the policy of the Google organization.'
    default:
      return 'Check serviceAccount, and that the IAM Service Account Credentials API is enabled.'
  }
}
