/**
 * Master key → organization keys → data. An organization has one current key, which seals, and retired ones, which only
 * open. Unwrapped keys stay in memory by fingerprint; which one is current is asked of the database every time, so that
 * a rekey by another process takes effect at once.
 */
import { Prisma, type Statements, type Transaction } from '@/lib/db'
import { processWide } from '@/lib/process-wide'
import { openWith, type Place, SealError, wrapWith } from './envelope'
import { Key } from './key'

interface State {
  master?: Key
  unwrapped: Map<string, Key>
  /** Which key sealed last, by organization. */
  sealedLast: Map<string, Key>
}

const state = processWide('keyring', (): State => ({ unwrapped: new Map(), sealedLast: new Map() }))

/** Makes a master key the one of this process. */
export function unlockKeyring(key: Key): void {
  state.master = key
  forgetKeys()
}

/** Takes all keys out of memory, at the end of the process and in tests. */
export function lockKeyring(): void {
  state.master?.destroy()
  delete state.master
  forgetKeys()
}

function forgetKeys(): void {
  for (const key of state.unwrapped.values()) key.destroy()
  state.unwrapped.clear()
  state.sealedLast.clear()
}

export function masterKey(): Key {
  if (state.master === undefined) throw new Error('the key ring is locked: no master key was given yet')
  return state.master
}

export function wrappedKeyPlace(organizationId: string, keyId: string): Place {
  return { organizationId, kind: 'organization-key', id: keyId, field: 'wrapped' }
}

interface WrappedKey {
  id: string
  organizationId: string
  wrapped: Uint8Array
}

/** @throws SealError when the row was altered, moved, or wrapped by another master key */
export function unwrap(row: WrappedKey): Key {
  const known = state.unwrapped.get(`${row.organizationId}/${row.id}`)
  if (known !== undefined) return known
  const key = new Key(openWith(masterKey(), wrappedKeyPlace(row.organizationId, row.id), row.wrapped))
  if (key.id !== row.id)
    throw new SealError('not_authentic', 'an organization key is not the one its row names')
  state.unwrapped.set(`${row.organizationId}/${row.id}`, key)
  return key
}

/** The keys of one organization: what it seals with and what it may open. */
export class OrganizationKeys {
  readonly organizationId: string
  readonly current: Key
  readonly #keys: ReadonlyMap<string, Key>

  constructor(organizationId: string, current: Key, keys: ReadonlyMap<string, Key>) {
    this.organizationId = organizationId
    this.current = current
    this.#keys = keys
  }

  get(keyId: string): Key | undefined {
    return this.#keys.get(keyId)
  }
}

type KeyRow = WrappedKey & { retiredAt: Date | null }

function keysOf(organizationId: string, rows: KeyRow[]): OrganizationKeys {
  const keys = new Map(rows.map((row) => [row.id, unwrap(row)]))
  const current = keys.get(rows.find((row) => row.retiredAt === null)?.id ?? '')
  if (current === undefined) throw new SealError('unknown_key', 'the organization has no current key')
  return new OrganizationKeys(organizationId, current, keys)
}

/** An organization's keys, to open with. To seal something that is then stored, use {@link sealingKeys}. */
export async function organizationKeys(db: Transaction, organizationId: string): Promise<OrganizationKeys> {
  return keysOf(organizationId, await db.organizationKey.findMany({ where: { organizationId } }))
}

/**
 * An organization's keys, to seal with. The current one is kept from being retired until the transaction ends, so that a
 * rekey never misses what the transaction writes.
 */
export async function sealingKeys(tx: Statements, organizationId: string): Promise<OrganizationKeys> {
  const rows = await tx.$queryRaw<KeyRow[]>`
    SELECT "id", "organizationId", "wrapped", "retiredAt" FROM "OrganizationKey"
    WHERE "organizationId" = ${organizationId} FOR SHARE`
  const keys = keysOf(organizationId, rows)
  state.sealedLast.set(organizationId, keys.current)
  return keys
}

/** A key that seals if it is still the current one. */
export interface PresumedKey {
  key: Key
  /** Answers a row if it is, and then keeps it from being retired until the transaction ends. */
  isCurrent: Prisma.Sql
}

/** The key that an organization's data was sealed with last by this process; undefined when none was. */
export function presumedKey(organizationId: string): PresumedKey | undefined {
  const key = state.sealedLast.get(organizationId)
  if (key === undefined) return undefined
  const isCurrent = Prisma.sql`
    SELECT "id" FROM "OrganizationKey"
    WHERE "organizationId" = ${organizationId} AND "id" = ${key.id} AND "retiredAt" IS NULL FOR SHARE`
  return { key, isCurrent }
}

/** Makes an organization's first key; part of making the organization. */
export async function createOrganizationKey(tx: Transaction, organizationId: string): Promise<void> {
  await insertKey(tx, organizationId, 1)
}

/** Another process may have replaced the master key: a key wrapped by the old one would be lost. */
async function refuseOutdatedMaster(tx: Transaction): Promise<void> {
  const rows = await tx.$queryRaw<{ masterKeyId: string }[]>`
    SELECT "masterKeyId" FROM "Installation" WHERE "id" = 1 FOR SHARE`
  if (rows[0]?.masterKeyId !== masterKey().id) {
    throw new SealError('unknown_key', 'the master key was replaced; restart this process with the new one')
  }
}

/** @returns the new key's id */
export async function insertKey(tx: Transaction, organizationId: string, version: number): Promise<string> {
  await refuseOutdatedMaster(tx)
  const key = Key.random()
  const wrapped = wrapWith(masterKey(), wrappedKeyPlace(organizationId, key.id), key)
  const data = {
    id: key.id,
    organizationId,
    version,
    masterKeyId: masterKey().id,
    wrapped: new Uint8Array(wrapped),
  }
  await tx.organizationKey.create({ data })
  key.destroy()
  return data.id
}
