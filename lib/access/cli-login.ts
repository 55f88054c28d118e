/**
 * Signing in a command line through the browser (RFC 7636 in spirit): the page hands out a code, and only the process
 * that knows the verifier can trade it for a token. No token ever appears in a URL.
 */
import { createHash } from 'node:crypto'
import { database, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Actor } from './actor'
import { type Origin, personActor, requirePerson } from './person'
import { randomText, sameHash, sha256 } from './secret-text'
import { newTokenValue } from './token-value'
import { storePersonalToken } from './tokens'

const lifeSeconds = 300

export interface CliLoginRequest {
  /** base64url of the SHA-256 of the verifier: 43 characters. */
  codeChallenge: string
  /** Which command line on which machine asks; becomes the token's description. */
  description: string
}

/**
 * @returns the code to hand to the waiting process; good once, for five minutes
 * @throws Failure `invalid`; `forbidden` unless asked from a browser session
 */
export async function startCliLogin(actor: Actor, request: CliLoginRequest): Promise<string> {
  const person = requirePerson(actor)
  if (actor.credential.kind !== 'session') throw new Failure('forbidden', 'Sign in in the browser first.')
  if (!/^[A-Za-z0-9_-]{43}$/.test(request.codeChallenge)) {
    throw new Failure('invalid', 'The code challenge is malformed.', { field: 'codeChallenge' })
  }
  const code = randomText(43)
  await database().cliLogin.create({
    data: {
      codeHash: sha256(code),
      codeChallenge: request.codeChallenge,
      personId: person.id,
      description: request.description.trim().slice(0, 200) || 'Command line',
      expiresAt: new Date(Date.now() + lifeSeconds * 1000),
    },
  })
  return code
}

export interface CliLoginCompletion extends Origin {
  code: string
  codeVerifier: string
}

/**
 * Trades a code for a personal access token. A code is spent by its first use, right or wrong.
 *
 * @throws Failure `unauthenticated` for every reason alike
 */
export async function finishCliLogin(input: CliLoginCompletion): Promise<{ accessToken: string }> {
  const login = await spendCode(input.code)
  const challenge = createHash('sha256').update(input.codeVerifier, 'ascii').digest('base64url')
  if (!login || !sameHash(Buffer.from(challenge), Buffer.from(login.codeChallenge))) throw refusal()
  return withTransaction(async (tx) => {
    const person = await tx.person.findFirst({ where: { id: login.personId, disabledAt: null } })
    if (!person) throw refusal()
    const actor = personActor(person, { kind: 'session', id: login.id, name: 'command line login' }, input)
    const { tokenValue } = await storePersonalToken(tx, actor, {
      personId: person.id,
      description: login.description,
      value: newTokenValue(),
      expiresAt: undefined,
    })
    return { accessToken: tokenValue }
  })
}

/** One conditional update decides: of two parallel uses exactly one finds the code unspent (T18). */
async function spendCode(code: string) {
  const now = new Date()
  const rows = await database().cliLogin.updateManyAndReturn({
    where: { codeHash: sha256(code), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return rows[0]
}

function refusal(): Failure {
  return new Failure('unauthenticated', 'The login has expired or was used already. Start it again.')
}
