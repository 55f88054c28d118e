/** Step one: Google's token exchange trades our identity token for one of the workload identity pool. */
import * as z from 'zod'
import type { IdentityToken } from '@/lib/oidc/token'
import { type CallContext, callService, type Explanation, jsonBody, type Refused } from '../service/call'
import { serviceUrl } from '../service/endpoint'

export const cloudPlatform = 'https://www.googleapis.com/auth/cloud-platform'

export interface Pool {
  project: number
  workloadPoolId: string
  providerId: string
  /** `global` unless given. */
  region?: string | undefined
}

const answer = z.object({ access_token: z.string().min(1) })

/** The call carries no credentials but the token itself. @throws ProviderFailure with the code of RFC 6749 */
export async function federatedToken(
  pool: Pool,
  identity: IdentityToken,
  context: CallContext,
): Promise<string> {
  const { project, workloadPoolId, providerId, region = 'global' } = pool
  const place = `projects/${project}/locations/${region}/workloadIdentityPools/${workloadPoolId}`
  const { access_token } = await callService({
    provider: 'gcp-login',
    service: 'Google',
    url: serviceUrl('https://sts.googleapis.com', ['v1', 'token']),
    method: 'POST',
    body: jsonBody({
      grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
      audience: `//iam.googleapis.com/${place}/providers/${providerId}`,
      scope: cloudPlatform,
      requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
      subjectToken: identity.token,
      subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
    }),
    answer,
    explain: explainExchange,
    secrets: [identity.token],
    sent: identity.claims,
    context,
  })
  return access_token
}

const refusal = z.object({ error: z.string(), error_description: z.string().default('') })

/** What to do, by the code of the token exchange. */
export const exchangeAdvice: Readonly<Record<string, string>> = {
  invalid_request:
    'Check project (its number, not its id), workloadPoolId and providerId, and leave out region: pools are global.',
  invalid_target:
    'The pool or its provider is missing, disabled or deleted: check project, workloadPoolId and providerId.',
  invalid_grant:
    'The provider of the pool must name this issuer and allow this audience, and Google must be able to fetch the keys of the issuer over https.',
  unauthorized_client: "The attribute condition of the pool's provider does not accept this subject.",
}

function explainExchange({ body }: Refused): Explanation | undefined {
  const parsed = refusal.safeParse(body)
  if (!parsed.success) return undefined
  const { error, error_description: description } = parsed.data
  return {
    code: error,
    answer: description || 'Google refused the identity token',
    advice: exchangeAdvice[error] ?? "Compare the pool's provider with what was sent.",
  }
}
