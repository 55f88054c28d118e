/** How the doubles verify identity tokens: as the services do, from the issuer's published documents. */
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose'

/** Whom a double believes. */
export interface Trust {
  issuer: string
  audience: string
  /** The exact subject; absent accepts any. */
  subject?: string
}

export type IdentityFault = 'malformed' | 'issuer' | 'keys' | 'signature' | 'audience' | 'subject' | 'expired'

export type Verified = { subject: string; audience: string } | { fault: IdentityFault; subject: string }

/** Verifies issuer, signature, audience, expiry and subject, in that order; keys are fetched anew each time. */
export async function verifyIdentity(token: unknown, trust: Trust): Promise<Verified> {
  const claims = decoded(token)
  if (typeof token !== 'string' || claims === undefined) return { fault: 'malformed', subject: '' }
  const subject = claims.sub ?? ''
  if (claims.iss !== trust.issuer) return { fault: 'issuer', subject }
  try {
    const keys = createRemoteJWKSet(await keysUrl(trust.issuer))
    const required = ['sub', 'exp', 'iat', 'aud']
    const options = { issuer: trust.issuer, audience: trust.audience, algorithms: ['RS256'] }
    await jwtVerify(token, keys, { ...options, requiredClaims: required })
  } catch (error) {
    return { fault: faultOf(error), subject }
  }
  if (trust.subject !== undefined && subject !== trust.subject) return { fault: 'subject', subject }
  return { subject, audience: trust.audience }
}

function decoded(token: unknown) {
  try {
    return decodeJwt(String(token))
  } catch {
    return undefined
  }
}

async function keysUrl(issuer: string): Promise<URL> {
  const discovery = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
  if (discovery.issuer !== issuer) throw new TypeError('the discovery document is of another issuer')
  return new URL(discovery.jwks_uri)
}

function faultOf(error: unknown): IdentityFault {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') return 'audience'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JOSEError && error.code === 'ERR_JWKS_NO_MATCHING_KEY') return 'keys'
  return error instanceof errors.JOSEError ? 'malformed' : 'keys'
}
