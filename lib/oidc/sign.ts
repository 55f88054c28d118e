import { type JWTPayload, SignJWT } from 'jose'
import { type IssuerVersion, signingKey } from './keys'

export interface SignedToken {
  token: string
  /** ISO 8601. */
  expiresAt: string
}

/** Signs claims with the issuer's key of today, adding the token's times and an id of its own. */
export async function signToken(
  issuer: IssuerVersion,
  claims: JWTPayload,
  lifetimeSeconds: number,
): Promise<SignedToken> {
  const key = await signingKey(issuer)
  const now = Math.floor(Date.now() / 1000)
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + lifetimeSeconds)
    .setJti(crypto.randomUUID())
    .sign(key.privateKey)
  return { token, expiresAt: new Date((now + lifetimeSeconds) * 1000).toISOString() }
}
