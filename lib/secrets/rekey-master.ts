/** Replaces the master key: every key it wraps and every value it seals is sealed with the new one, in one transaction. */
import { type Transaction, withTransaction } from '@/lib/db'
import { openWith, type Place, sealWith } from './envelope'
import { installationPlaces } from './installation'
import type { Key } from './key'
import { masterKey, unlockKeyring, wrappedKeyPlace } from './keyring'
import { issuerKeyPlace } from './places'
import { installationPlace } from './seal'

function resealer(from: Key, to: Key) {
  return (place: Place, sealed: Uint8Array) => {
    const plaintext = openWith(from, place, sealed)
    const resealed = new Uint8Array(sealWith(to, place, plaintext))
    plaintext.fill(0)
    return resealed
  }
}

type Reseal = ReturnType<typeof resealer>

async function resealOrganizationKeys(tx: Transaction, masterKeyId: string, reseal: Reseal): Promise<number> {
  const rows = await tx.organizationKey.findMany()
  for (const { id, organizationId, wrapped } of rows) {
    const data = { masterKeyId, wrapped: reseal(wrappedKeyPlace(organizationId, id), wrapped) }
    await tx.organizationKey.update({ where: { id }, data })
  }
  return rows.length
}

async function resealIssuerKeys(tx: Transaction, masterKeyId: string, reseal: Reseal): Promise<void> {
  for (const { id, sealed } of await tx.issuerKey.findMany()) {
    const place = installationPlace(issuerKeyPlace(id))
    await tx.issuerKey.update({ where: { id }, data: { masterKeyId, sealed: reseal(place, sealed) } })
  }
}

async function resealInstallation(tx: Transaction, masterKeyId: string, reseal: Reseal): Promise<void> {
  const row = await tx.installation.findUniqueOrThrow({ where: { id: 1 } })
  await tx.installation.update({
    where: { id: 1 },
    data: {
      masterKeyId,
      masterKeyCheck: reseal(installationPlace(installationPlaces.check), row.masterKeyCheck),
      sessionSecret: reseal(installationPlace(installationPlaces.session), row.sessionSecret),
    },
  })
}

/**
 * The caller keeps the new key safe *before* this and makes it the configured one after; other processes of the
 * installation refuse to make new organization keys until they are restarted with it.
 *
 * @returns how many organization keys were wrapped anew
 */
export async function rekeyMaster(next: Key): Promise<number> {
  const reseal = resealer(masterKey(), next)
  const count = await withTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Installation" WHERE "id" = 1 FOR UPDATE`
    await resealInstallation(tx, next.id, reseal)
    await resealIssuerKeys(tx, next.id, reseal)
    return resealOrganizationKeys(tx, next.id, reseal)
  })
  unlockKeyring(next)
  return count
}
