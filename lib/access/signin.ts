/** Signing in by password, and changing the password. */
import { setTimeout as pause } from 'node:timers/promises'
import { appendAudit } from '@/lib/audit'
import { config } from '@/lib/config'
import { database, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Person } from '@/lib/generated/prisma/client'
import type { Actor, Credential } from './actor'
import { checkPassword, hashPassword, passwordProblem } from './passwords'
import { individualOrganizationId, type Origin, personActor, requirePerson } from './person'
import { addressSubject, clearTries, countTry, forgiveTry, type Limit } from './rate-limit'
import { revokeSessionsOf, startSession } from './sessions'

/** Ten guesses at one person, whoever guesses; a hundred from one address, whomever at. */
const personLimit: Limit = { tries: 10, windowSeconds: 900, lockSeconds: 900 }
const addressLimit: Limit = { tries: 100, windowSeconds: 900, lockSeconds: 900 }

export interface SignIn extends Origin {
  /** Login or e-mail address, in any case. */
  login: string
  password: string
  userAgent: string
}

export interface SignedIn {
  personId: string
  login: string
  name: string
  email: string
  /** Id of the new session. */
  sessionId: string
}

const refused = 'The login or the password is wrong.'

/**
 * A refusal takes at least this long, whatever it was for: only for who exists is there something to record, and a
 * password of older parameters takes less work (T23). Longer than all of that, shorter than anybody minds.
 */
const refusalMs = 400

/**
 * Starts a session for whoever knows the password. Nothing tells an unknown login from a wrong password: neither words
 * nor time nor lock-out (T23, T24).
 *
 * @throws Failure `unauthenticated`; `locked_out` with `details.retryAfterSeconds`; `forbidden` where passwords are off
 */
export async function signIn(input: SignIn): Promise<SignedIn> {
  if (!config().passwordSignIn) throw new Failure('forbidden', 'Passwords are switched off here.')
  const started = performance.now()
  const typed = canonicalLogin(input.login)
  const person = await database().person.findFirst({
    where: { OR: [{ loginKey: typed }, { emailKey: typed }] },
  })
  const subjects = {
    person: person ? personSubject(person.id) : `sign-in name ${typed}`,
    address: addressSubject('sign-in', input.address),
  }
  await countTry(subjects.address, addressLimit)
  await countTry(subjects.person, personLimit)
  const check = await checkPassword(input.password, person?.passwordHash)
  if (!person || !check.correct || person.disabledAt !== null) {
    if (person) await recordFailure(person, input)
    await pause(Math.max(0, refusalMs - (performance.now() - started)))
    throw new Failure('unauthenticated', refused)
  }
  await clearTries(subjects.person)
  await forgiveTry(subjects.address)
  if (check.outdated) await storePasswordAgain(person, input.password)
  return beginSession(person, { ...input, credentialName: 'password' })
}

/** A login is plain ASCII, so full-width and other look-alike forms come together here and share one counter. */
function canonicalLogin(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase().slice(0, 320)
}

function personSubject(personId: string): string {
  return `sign-in person ${personId}`
}

interface Beginning extends Origin {
  userAgent: string
  /** How the person proved who they are, for the audit log. */
  credentialName: string
}

/** Starts and records a session of somebody who has proved who they are. */
export async function beginSession(person: Person, from: Beginning): Promise<SignedIn> {
  return withTransaction(async (tx) => {
    const sessionId = await startSession(person.id, from, tx)
    await appendAudit(tx, {
      actor: personActor(person, sessionCredential(sessionId, from.credentialName), from),
      organizationId: await individualOrganizationId(tx, person.id),
      event: 'user-login',
      description: 'Signed in',
    })
    const { id: personId, login, name, email } = person
    return { personId, login, name, email, sessionId }
  })
}

function sessionCredential(id: string, name: string): Credential {
  return { kind: 'session', id, name }
}

async function recordFailure(person: Person, origin: Origin): Promise<void> {
  await withTransaction(async (tx) =>
    appendAudit(tx, {
      actor: personActor(person, sessionCredential('', 'password'), origin),
      organizationId: await individualOrganizationId(tx, person.id),
      event: 'user-login-failed',
      description: 'Could not sign in: wrong password',
    }),
  )
}

/** Only if it is still the same password: a change meanwhile must not be undone. */
async function storePasswordAgain(person: Person, password: string): Promise<void> {
  await database().person.updateMany({
    where: { id: person.id, passwordHash: person.passwordHash },
    data: { passwordHash: await hashPassword(password) },
  })
}

export interface PasswordChange {
  currentPassword: string
  newPassword: string
}

/**
 * Changes the actor's own password and ends their other sessions.
 *
 * @throws Failure `invalid` (with `details.field`), `locked_out`, `forbidden` for actors that did not sign in
 */
export async function changePassword(actor: Actor, input: PasswordChange): Promise<void> {
  const principal = requirePerson(actor)
  if (actor.credential.kind !== 'session') {
    throw new Failure('forbidden', 'Sign in to change the password; a token cannot.')
  }
  const person = await database().person.findUniqueOrThrow({ where: { id: principal.id } })
  await countTry(personSubject(person.id), personLimit)
  const { correct } = await checkPassword(input.currentPassword, person.passwordHash)
  if (!correct) {
    throw new Failure('invalid', 'This is not the current password.', { field: 'currentPassword' })
  }
  await clearTries(personSubject(person.id))
  await storePassword(actor, person, { password: input.newPassword, keepSession: actor.credential.id })
}

/**
 * Gives a person a new password, lifts their lock-out and ends all their sessions. For the operator's command.
 *
 * @throws Failure `not_found`, `invalid`, `forbidden` for everybody else
 */
export async function resetPassword(
  actor: Actor,
  { login, password }: { login: string; password: string },
): Promise<void> {
  if (actor.principal.kind !== 'operator') {
    throw new Failure('forbidden', 'Only the operator of the server can reset a password.')
  }
  const typed = canonicalLogin(login)
  const person = await database().person.findFirst({
    where: { OR: [{ loginKey: typed }, { emailKey: typed }] },
  })
  if (!person) throw new Failure('not_found', 'Not Found: person')
  await storePassword(actor, person, { password })
  await clearTries(personSubject(person.id))
}

interface NewPassword {
  password: string
  keepSession?: string
}

async function storePassword(actor: Actor, person: Person, { password, keepSession }: NewPassword) {
  const problem = passwordProblem(password, person)
  if (problem !== undefined) throw new Failure('invalid', problem, { field: 'newPassword' })
  const passwordHash = await hashPassword(password)
  await withTransaction(async (tx) => {
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash, passwordChangedAt: new Date() },
    })
    await revokeSessionsOf(tx, person.id, keepSession === undefined ? {} : { except: keepSession })
    await appendAudit(tx, {
      actor,
      organizationId: await individualOrganizationId(tx, person.id),
      event: 'user-password-changed',
      description: actor.principal.kind === 'operator' ? 'Reset the password' : 'Changed the password',
    })
  })
}
