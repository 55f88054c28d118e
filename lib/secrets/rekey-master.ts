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

export interface MasterRekeyReport {
  organizationKeys: number
  /** Keys that the old master key did not open, so they were damaged before; they stay as they are. */
  unreadable: number
}

function wasReadable(reseal: () => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  try {
    return reseal()
  } catch {
    return undefined
  }
}

async function resealOrganizationKeys(
  tx: Transaction,
  masterKeyId: string,
  reseal: Reseal,
): Promise<MasterRekeyReport> {
  const report = { organizationKeys: 0, unreadable: 0 }
  for (const { id, organizationId, wrapped: before } of await tx.organizationKey.findMany()) {
    const wrapped = wasReadable(() => reseal(wrappedKeyPlace(organizationId, id), before))
    if (wrapped === undefined) {
      report.unreadable += 1
      continue
    }
    await tx.organizationKey.update({ where: { id }, data: { masterKeyId, wrapped } })
    report.organizationKeys += 1
  }
  return report
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
 */
export async function rekeyMaster(next: Key): Promise<MasterRekeyReport> {
  const reseal = resealer(masterKey(), next)
  const report = await withTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Installation" WHERE "id" = 1 FOR UPDATE`
    await resealInstallation(tx, next.id, reseal)
    await resealIssuerKeys(tx, next.id, reseal)
    return resealOrganizationKeys(tx, next.id, reseal)
  })
  unlockKeyring(next)
  return report
}
