/** Minting of v1 identity tokens: what a provider presents to a cloud in exchange for credentials. */
import { SignJWT } from 'jose'
import { config } from '@/lib/config'
import { signingKey } from './keys'
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
}

/** The issuer of v1 tokens, byte for byte as in `iss`: no trailing slash. */
export function issuerV1(): string {
  return `${config().url}/oidc`
}

/**
 * Signs a v1 identity token that lives one hour (providers.md §6.2).
 *
 * @throws SubjectError when the subject cannot be made for this caller.
 */
export async function mintIdentityToken(request: IdentityTokenRequest): Promise<IdentityToken> {
  const subject = subjectV1(request, request.subjectAttributes)
  const key = await signingKey('v1')
  const now = Math.floor(Date.now() / 1000)
  const token = await new SignJWT({
    org: request.organization,
    current_env: request.currentEnvironment,
    root_env: request.rootEnvironment,
    trigger_user: request.userLogin,
  })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
    .setIssuer(issuerV1())
    .setSubject(subject)
    .setAudience(request.audience)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + lifetimeSeconds)
    .setJti(crypto.randomUUID())
    .sign(key.privateKey)
  return {
    token,
    claims: { issuer: issuerV1(), subject, audience: request.audience },
    expiresAt: new Date((now + lifetimeSeconds) * 1000).toISOString(),
  }
}
