/** Becoming a person of the installation by an invitation. There is no other way in but single sign-on. */
import { operator } from '@/lib/access/actor'
import { hashPassword } from '@/lib/access/passwords'
import { type Origin, personActor } from '@/lib/access/person'
import { addressSubject, countTry } from '@/lib/access/rate-limit'
import { withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { explainTaken, insertPerson } from './create'
import { enterByInvitation, previewInvitation } from './invitations'
import { requireValidPerson } from './person-fields'

export interface Registration extends Origin {
  /** The secret part of the invitation's link. */
  secret: string
  login: string
  name: string
  /** Must be the invited address when the invitation is bound to one. */
  email: string
  password: string
}

/**
 * Creates the person and makes them a member in one step: who cannot accept does not come to exist.
 *
 * @throws Failure `not_found` for links that do not work, `forbidden` for another address than the one invited,
 *   `invalid` and `conflict` with `details.field`, `locked_out`
 */
export async function registerByInvitation(
  input: Registration,
): Promise<{ personId: string; organization: string }> {
  const { secret, login, name, email, password, address, requestId } = input
  await countTry(addressSubject('registration', address), { tries: 30, windowSeconds: 600, lockSeconds: 600 })
  if (!(await previewInvitation(secret))) throw new Failure('not_found', 'Not Found: invitation')
  requireValidPerson({ login, name, email, password })
  const passwordHash = await hashPassword(password)
  const actorFor = (id: string) =>
    personActor({ id, login, name }, operator.credential, { address, requestId })
  try {
    return await withTransaction(async (tx) => {
      const personId = await insertPerson(tx, actorFor, { login, name, email, passwordHash })
      const { organization } = await enterByInvitation(tx, actorFor(personId), { secret, personId })
      return { personId, organization }
    })
  } catch (error) {
    throw explainTaken(error, { organization: 'login' })
  }
}
