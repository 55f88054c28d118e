import { decodeJwt, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { z } from 'zod'

const jwks = z.object({ keys: z.array(z.object({ kid: z.string() })).min(1) })

/** A token that claims to be the issuer's, names its published key, and is signed by another. */
export async function forgedToken(issuer: string, claims: JWTPayload): Promise<string> {
  const response = await fetch(`${issuer}/.well-known/jwks`)
  const [key] = jwks.parse(await response.json()).keys
  const { privateKey } = await generateKeyPair('RS256')
  return await new SignJWT({ iss: issuer, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key?.kid ?? '' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
}

/** The claims of a token that strict-aws has seen. */
export function claimsOf(token: string | undefined): JWTPayload {
  return decodeJwt(token ?? '')
}
