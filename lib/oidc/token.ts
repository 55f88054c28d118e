/** Identity tokens of the v1 issuer: what a provider presents to a cloud in exchange for credentials. */
import { config } from '@/lib/config'
import { signToken } from './sign'
import { type SubjectAttribute, type SubjectContext, subjectV1 } from './subject'

const lifetimeSeconds = 3600

export interface IdentityClaims {
  issuer: string
  subject: string
  audience: string
}

export interface IdentityToken {
  token: string
  /** What was claimed, to be shown when the cloud refuses. */
  claims: IdentityClaims
  /** ISO 8601. */
  expiresAt: string
}

export interface IdentityTokenRequest extends SubjectContext {
  audience: string
  subjectAttributes?: readonly SubjectAttribute[]
  /** One hour unless given. */
  lifetimeSeconds?: number
  /** Claims beside the standard ones. */
  claims?: Readonly<Record<string, string | readonly string[]>>
}

/** The issuer of v1 tokens, byte for byte as in `iss`: no trailing slash. */
export function issuerV1(): string {
  return `${config().url}/oidc`
}

/**
 * What a v1 identity token says, without its times and id (providers.md §6.2).
 *
 * @throws SubjectError when the subject cannot be made for this caller.
 */
export function claimsV1(request: IdentityTokenRequest) {
  return {
    ...request.claims,
    iss: issuerV1(),
    aud: request.audience,
    sub: subjectV1(request, request.subjectAttributes),
    org: request.organization,
    env: request.rootEnvironment,
    current_env: request.currentEnvironment,
    root_env: request.rootEnvironment,
    trigger_user: request.userLogin,
  }
}

/**
 * Signs a v1 identity token (providers.md §6.2).
 *
 * @throws SubjectError when the subject cannot be made for this caller.
 */
export async function mintIdentityToken(request: IdentityTokenRequest): Promise<IdentityToken> {
  const claims = claimsV1(request)
  const signed = await signToken('v1', claims, request.lifetimeSeconds ?? lifetimeSeconds)
  return { ...signed, claims: { issuer: claims.iss, subject: claims.sub, audience: claims.aud } }
}
