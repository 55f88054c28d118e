/** Whether an identity token is what it says: signed by a registered issuer's key, complete, and of now. */
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { type IssuerFacts, issuerKeys } from './issuer-keys'

/** Never taken from the token: symmetric algorithms and `none` are not among them (T01). */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
const toleranceSeconds = 60
/** No issuer means a longer life; more is a mistake or an attack (T04). */
const longestLifeSeconds = 366 * 24 * 3600

export type VerificationFailure = 'signature' | 'expired' | 'claims' | 'issuer_unreachable'

export type Verified = { valid: true; claims: JWTPayload } | { valid: false; reason: VerificationFailure }

/** Keys come from the registered issuer only; `jwk`, `jku`, `x5u` and `x5c` in the header are ignored (T02). */
export async function verifyIdentityToken(token: string, issuer: IssuerFacts): Promise<Verified> {
  const first = await verifyOnce(token, issuer, { again: false })
  return first === 'no_key' ? asVerified(await verifyOnce(token, issuer, { again: true })) : asVerified(first)
}

type Outcome = Verified | 'no_key'

function asVerified(outcome: Outcome): Verified {
  return outcome === 'no_key' ? { valid: false, reason: 'signature' } : outcome
}

async function verifyOnce(
  token: string,
  issuer: IssuerFacts,
  { again }: { again: boolean },
): Promise<Outcome> {
  const keys = await issuerKeys(issuer, { again }).catch(() => undefined)
  if (!keys) return { valid: false, reason: 'issuer_unreachable' }
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      issuer: issuer.url,
      requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
      clockTolerance: toleranceSeconds,
    })
    return isPlausible(payload) ? { valid: true, claims: payload } : { valid: false, reason: 'claims' }
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return 'no_key'
    return { valid: false, reason: reasonOf(error) }
  }
}

/** The types are what a JWT should have; what a token has was never looked at (T04). */
function isPlausible({ sub, aud, exp = 0, iat = 0 }: JWTPayload): boolean {
  const now = Date.now() / 1000
  const named = isText(sub) && [aud].flat().every(isText)
  return named && iat <= now + toleranceSeconds && exp <= now + longestLifeSeconds && iat < exp
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function reasonOf(error: unknown): VerificationFailure {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return 'claims'
  return 'signature'
}
