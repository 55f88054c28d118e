/** One statement through Snowflake's SQL API. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { invalidInputs } from '@/lib/providers/parse-inputs'
import { callService, type Explanation, jsonBody, type Refused } from '@/lib/providers/service/call'
import { serviceUrl } from '@/lib/providers/service/endpoint'

export interface SnowflakeLogin {
  account: string
  user: string
  privateKey?: string | undefined
  token?: string | undefined
}

const provider = 'snowflake-user'

/** @throws ProviderFailure */
export async function runStatement(
  login: SnowflakeLogin,
  statement: string,
  context: ProviderContext,
): Promise<void> {
  const token = login.token ?? (await keyPairToken(login))
  const kind = login.token === undefined ? 'KEYPAIR_JWT' : 'OAUTH'
  await callService({
    provider,
    service: 'Snowflake',
    url: serviceUrl(`https://${login.account.toLowerCase()}.snowflakecomputing.com`, [
      'api',
      'v2',
      'statements',
    ]),
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'x-snowflake-authorization-token-type': kind },
    body: jsonBody({ statement, timeout: 20 }),
    answer: z.object({ code: z.string() }),
    explain: explainSnowflake,
    secrets: [token, login.privateKey ?? ''],
    context,
  })
}

/** Who signs with the key of which user: names are upper-case, the account without its region. */
async function keyPairToken({ account, user, privateKey = '' }: SnowflakeLogin): Promise<string> {
  const key = readKey(privateKey)
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const fingerprint = `SHA256:${createHash('sha256').update(der).digest('base64')}`
  const subject = `${account.split('.', 1)[0]}.${user}`.toUpperCase()
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(`${subject}.${fingerprint}`)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key)
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw invalidInputs(
      provider,
      'login.privateKey is no private key in PEM',
      'Use a PKCS#8 key without a passphrase.',
    )
  }
}

const refusal = z.object({ code: z.string(), message: z.string().default('') })

const advice: Record<string, string> = {
  '002003': 'Create the user that targetUser names, and give the role of login OWNERSHIP or MODIFY on it.',
  '003001': 'Give the role of login OWNERSHIP or MODIFY on the user that targetUser names.',
  '390144': "The token was not accepted. Check account and user of login, and the user's public key.",
  '390303': 'The OAuth token was not accepted. Check the security integration.',
  '390318': 'The OAuth token has expired: open it anew.',
}

function explainSnowflake({ body }: Refused): Explanation | undefined {
  const { code, message } = refusal.safeParse(body).data ?? {}
  if (code === undefined) return undefined
  const known = advice[code]
  // A message about a statement quotes it, public keys and all; only those about names are shown.
  const answer = known === undefined ? 'Snowflake refused the statement' : (message?.split('\n').at(-1) ?? '')
  return {
    code,
    answer: answer.replace(/\.$/, ''),
    advice: known ?? 'Look at the query history of the account.',
  }
}
