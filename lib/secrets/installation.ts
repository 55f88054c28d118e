/** Ties the master key to the database: the first start seals a known text, every later start must open it. */
import { createHash, randomBytes } from 'node:crypto'
import { database, databaseKind, uniqueViolation } from '@/lib/db'
import type { Installation } from '@/lib/generated/prisma/client'
import { StartupError } from '@/lib/startup-error'
import { sealingKeyId } from './envelope'
import type { Key } from './key'
import { unlockKeyring } from './keyring'
import {
  adoptNextKey,
  findMasterKey,
  findNextKey,
  generateMasterKey,
  type MasterKeyOptions,
} from './master-key'
import { openWithMaster, sealWithMaster } from './seal'

export const installationPlaces = {
  check: { kind: 'installation', id: '1', field: 'masterKeyCheck' },
  session: { kind: 'installation', id: '1', field: 'sessionSecret' },
}
const checkText = 'this installation knows its master key'

const waysToGive = 'Set OPENESC_MASTER_KEY or OPENESC_MASTER_KEY_FILE'

function missing(): StartupError {
  return new StartupError(
    'master_key_missing',
    `The database holds sealed data, but there is no master key. ${waysToGive}, or put master.key back into the data folder.`,
  )
}

function wrong(): StartupError {
  return new StartupError(
    'master_key_wrong',
    'The master key is not the one that sealed this database. Give the right one; nothing was changed.',
  )
}

/** @throws StartupError `master_key_wrong` */
function checkMasterKey(installation: Installation): void {
  try {
    if (openWithMaster(installationPlaces.check, installation.masterKeyCheck).toString() === checkText) return
  } catch {
    // Falls through: a key that does not open the check value is the wrong one, whatever the reason.
  }
  throw wrong()
}

/** Data without an installation row was not made by us, or the row was removed: making a new key would hide that. */
async function refuseOrphanedData(): Promise<void> {
  const [keys, people] = await Promise.all([database().organizationKey.count(), database().person.count()])
  if (keys + people > 0) throw missing()
}

async function firstMasterKey(options: MasterKeyOptions): Promise<Key> {
  const given = await findMasterKey(options)
  if (given !== undefined) return given
  if (databaseKind() === 'embedded') return generateMasterKey(options.dataDirectory)
  throw new StartupError(
    'master_key_missing',
    `There is no master key. ${waysToGive} (openssl rand -base64 32).`,
  )
}

async function createInstallation(): Promise<void> {
  const check = sealWithMaster(installationPlaces.check, Buffer.from(checkText))
  const session = sealWithMaster(installationPlaces.session, randomBytes(32))
  try {
    await database().installation.create({
      data: {
        masterKeyCheck: check.data,
        masterKeyId: check.masterKeyId,
        sessionSecret: session.data,
        cookieSuffix: randomBytes(4).toString('hex'),
      },
    })
  } catch (error) {
    // Another process was first; the check that follows tells whether it has the same key.
    if (uniqueViolation(error) === undefined) throw error
  }
}

async function existingMasterKey(options: MasterKeyOptions, keyId: string): Promise<Key> {
  const key = await findMasterKey(options)
  if (key?.id === keyId) return key
  const next = await findNextKey(options.dataDirectory)
  if (next?.id === keyId) {
    await adoptNextKey(options.dataDirectory)
    return next
  }
  throw key === undefined ? missing() : wrong()
}

/** The row that makes the database an installation; exists once {@link unlock} has succeeded. */
export function installation(): Promise<Installation> {
  return database().installation.findUniqueOrThrow({ where: { id: 1 } })
}

/**
 * Finds the master key, makes sure that it is the one of this database, and unlocks the key ring with it. Only an empty
 * database gets a new installation, and only an embedded one a new key.
 *
 * @throws StartupError `master_key_missing`, `master_key_wrong`, `master_key_weak`, `config_invalid`
 */
export async function unlock(options: MasterKeyOptions): Promise<void> {
  const existing = await database().installation.findUnique({ where: { id: 1 } })
  if (existing === null) {
    await refuseOrphanedData()
    unlockKeyring(await firstMasterKey(options))
    await createInstallation()
  } else {
    unlockKeyring(await existingMasterKey(options, sealingKeyId(existing.masterKeyCheck)))
  }
  checkMasterKey(await installation())
}

/** The secret that signs console sessions, the same for all processes of the installation. */
export async function sessionSecret(): Promise<string> {
  const { sessionSecret: sealed } = await installation()
  return openWithMaster(installationPlaces.session, sealed).toString('base64url')
}

const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** The stored form of a set-up code, however it was typed: dashes, spaces and case do not count. */
export function setupCodeHash(code: string): Uint8Array<ArrayBuffer> {
  const canonical = code.replace(/[\s-]/g, '').toUpperCase()
  return new Uint8Array(createHash('sha256').update(canonical).digest())
}

/** Replaces the one-time set-up code by a new one: 80 random bits in four groups, shown once and kept as a hash. */
export async function issueSetupCode(): Promise<string> {
  const letters = Array.from(randomBytes(16), (byte) => codeAlphabet.charAt(byte % codeAlphabet.length)).join(
    '',
  )
  const code = letters.replace(/(.{4})(?=.)/g, '$1-')
  await database().installation.update({ where: { id: 1 }, data: { setupCodeHash: setupCodeHash(code) } })
  return code
}
