import { createPrivateKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { invalidInputs } from '../parse-inputs'

/** GitHub takes at most ten minutes; the start lies in the past for clocks that differ. */
const lifetimeSeconds = 9 * 60
const skewSeconds = 60

/**
 * The token by which an app names itself.
 *
 * @param privateKey PEM, PKCS#1 as GitHub gives it, or PKCS#8
 * @throws ProviderFailure `InvalidInputs` for a key that is none
 */
export async function appToken(appId: number, privateKey: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(String(appId))
    .setIssuedAt(now - skewSeconds)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(rsaKey(privateKey))
}

function rsaKey(pem: string): KeyObject {
  const key = parsed(pem)
  if (key?.asymmetricKeyType === 'rsa') return key
  throw invalidInputs(
    'gh-login',
    'privateKey is not an RSA private key',
    'Use the whole PEM file that GitHub gave for the app, with its line breaks.',
  )
}

function parsed(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}
