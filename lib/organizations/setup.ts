/**
 * The first person and organization of an installation: once, by whoever reads the one-time code that the server prints,
 * or from its configuration.
 */

import { type Actor, operator } from '@/lib/access/actor'
import { hashPassword } from '@/lib/access/passwords'
import { personActor } from '@/lib/access/person'
import { addressSubject, countTry } from '@/lib/access/rate-limit'
import { sameHash } from '@/lib/access/secret-text'
import { storePersonalToken } from '@/lib/access/tokens'
import type { FirstSetup } from '@/lib/config'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { Failure, isFailure } from '@/lib/failure'
import { setupCodeHash } from '@/lib/secrets'
import { StartupError } from '@/lib/startup-error'
import { explainTaken, insertOrganization, insertPerson, requireOrganizationName } from './create'
import { key, loginProblem } from './names'
import { requireValidPerson } from './person-fields'

export interface SetUp {
  /** The code that the server printed; case, spaces and hyphens do not matter. */
  code: string
  login: string
  name: string
  email: string
  password: string
  organization: string
  address?: string
}

/** Whether nobody exists yet. */
export async function needsSetup(): Promise<boolean> {
  return (await database().person.findFirst({ select: { id: true } })) === null
}

/**
 * @throws Failure `conflict` once anyone exists, `forbidden` for a wrong code (`details.field` = `code`), `invalid` with
 *   `details.field`, `locked_out`
 */
export async function setUp(input: SetUp): Promise<{ personId: string }> {
  await countTry(addressSubject('set-up', input.address ?? ''), {
    tries: 20,
    windowSeconds: 600,
    lockSeconds: 600,
  })
  requireValid(input)
  const passwordHash = await hashPassword(input.password)
  return insertFirst({ ...input, passwordHash, checkCode: input.code })
}

/**
 * Sets up from the configuration; does nothing once anyone exists.
 *
 * @returns the new person, or undefined when there was nothing to do
 * @throws StartupError `config_invalid`
 */
export async function bootstrap(config: {
  firstSetup: FirstSetup | undefined
}): Promise<{ personId: string } | undefined> {
  const { firstSetup } = config
  if (firstSetup === undefined || !(await needsSetup())) return undefined
  const { email, password, organization, token } = firstSetup
  const login = loginFrom(email, organization)
  try {
    requireValid({ login, name: login, email, password, organization })
    const passwordHash = await hashPassword(password)
    return await insertFirst({ login, name: login, email, organization, passwordHash, token })
  } catch (error) {
    if (isFailure(error) && error.code === 'conflict') return undefined
    if (isFailure(error)) throw new StartupError('config_invalid', `first set-up: ${error.message}`)
    throw error
  }
}

type Fields = Pick<SetUp, 'login' | 'name' | 'email' | 'password' | 'organization'>

function requireValid(fields: Fields): void {
  requireValidPerson(fields)
  requireOrganizationName(fields.organization, 'organization')
  if (key(fields.organization) === key(fields.login)) {
    const message = 'Choose a name other than the login, which is your individual organization.'
    throw new Failure('invalid', message, { field: 'organization' })
  }
}

interface First {
  login: string
  name: string
  email: string
  organization: string
  passwordHash: string
  /** Absent when the configuration is the proof. */
  checkCode?: string
  token?: string | undefined
}

async function insertFirst(first: First): Promise<{ personId: string }> {
  try {
    return await withTransaction(async (tx) => {
      await lockSetup(tx, first.checkCode)
      return insertFirstRows(tx, first)
    })
  } catch (error) {
    throw explainTaken(error, { organization: 'organization' })
  }
}

/** The lock on the installation's row makes the second of two visitors wait and then find that somebody exists. */
async function lockSetup(tx: Transaction, code: string | undefined): Promise<void> {
  const rows = await tx.$queryRaw<{ setupCodeHash: Uint8Array | null }[]>`
    SELECT "setupCodeHash" FROM "Installation" WHERE "id" = 1 FOR UPDATE`
  if ((await tx.person.count()) > 0) throw new Failure('conflict', 'This installation is set up already.')
  if (code !== undefined) {
    const expected = rows[0]?.setupCodeHash
    if (!expected || !sameHash(setupCodeHash(code), expected)) {
      throw new Failure('forbidden', 'This is not the code that the server printed at its start.', {
        field: 'code',
      })
    }
  }
  await tx.installation.update({ where: { id: 1 }, data: { setupCodeHash: null } })
}

async function insertFirstRows(tx: Transaction, first: First): Promise<{ personId: string }> {
  const { login, name, email, passwordHash, organization } = first
  const actorFor = (id: string): Actor =>
    personActor({ id, login, name }, operator.credential, { address: '', requestId: '' })
  const personId = await insertPerson(tx, actorFor, { login, name, email, passwordHash })
  const actor = actorFor(personId)
  const organizationId = await insertOrganization(tx, actor, {
    name: organization,
    kind: 'shared',
    adminId: personId,
  })
  await tx.person.update({ where: { id: personId }, data: { defaultOrganizationId: organizationId } })
  if (first.token !== undefined) {
    await storePersonalToken(tx, actor, {
      personId,
      description: 'First set-up',
      value: first.token,
      expiresAt: undefined,
    })
  }
  return { personId }
}

/** A login for who set up without choosing one: the local part of the address when it can be one. */
function loginFrom(email: string, organization: string): string {
  const local = (email.split('@')[0] ?? '').replace(/[^a-zA-Z0-9_-]+/g, '-').replace(/^[-_]+|[-_]+$/g, '')
  const candidates = [local, `${local}-admin`, 'admin', 'administrator']
  const free = candidates.find((login) => !loginProblem(login) && key(login) !== key(organization))
  return free ?? 'first-admin'
}
