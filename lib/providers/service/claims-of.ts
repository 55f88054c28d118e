import { decodeJwt } from 'jose'
import type { IdentityClaims } from '@/lib/oidc/token'

/** What an identity token claims, to be shown when it is refused; undefined for any other text. Nothing is verified. */
export function claimsOf(token: string | undefined): IdentityClaims | undefined {
  if (token === undefined) return undefined
  try {
    const { iss, sub, aud } = decodeJwt(token)
    if (iss === undefined || sub === undefined || typeof aud !== 'string') return undefined
    return { issuer: iss, subject: sub, audience: aud }
  } catch {
    return undefined
  }
}
