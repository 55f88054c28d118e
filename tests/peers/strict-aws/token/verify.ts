import { compactVerify } from 'jose'
import { AwsFault, invalidIdentityToken } from '../fault'
import type { IdentityProvider } from '../types'
import { type Claims, readToken, type UnverifiedToken } from './claims'
import { fetchKey, type IssuerAccess } from './keys'

/** Asymmetric algorithms only: `none` and HS* would let anybody sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

/** A token every check of which passed, with the provider that vouches for it. */
export interface VerifiedToken {
  claims: Claims
  provider: IdentityProvider
}

/** Checks 4–9 of a web identity token, in that order. */
export async function verifyToken(
  text: string,
  providers: IdentityProvider[],
  access: IssuerAccess,
): Promise<VerifiedToken> {
  const token = readToken(text)
  const provider = registeredProvider(token.claims.iss, providers)
  await verifySignature(token, access)
  verifyTimes(token.claims)
  if (!token.claims.aud.some((audience) => provider.clientIds.includes(audience))) {
    throw invalidIdentityToken('Incorrect token audience')
  }
  return { claims: token.claims, provider }
}

function registeredProvider(issuer: string, providers: IdentityProvider[]): IdentityProvider {
  const provider = providers.find((each) => each.issuer === issuer)
  if (!provider) throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`)
  return provider
}

async function verifySignature(token: UnverifiedToken, access: IssuerAccess): Promise<void> {
  const { alg, kid } = token.header
  if (!algorithms.includes(alg))
    throw invalidIdentityToken(`The token is signed with ${alg}, which is not accepted`)
  const key = await fetchKey(token.claims.iss, { alg, kid }, access)
  await compactVerify(token.text, key, { algorithms }).catch(() => {
    throw invalidIdentityToken('The signature of the web identity token is not valid')
  })
}

function verifyTimes({ exp, nbf }: Claims): void {
  const now = Math.floor(Date.now() / 1000)
  if (exp <= now) {
    throw new AwsFault(
      'ExpiredTokenException',
      400,
      `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`,
    )
  }
  if (nbf !== undefined && nbf > now) throw invalidIdentityToken('The web identity token is not valid yet')
}
