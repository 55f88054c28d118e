/**
 * The issuer's signing keys. A private key exists in the clear only inside one call; at rest it is sealed with the
 * master key. A new key is published a day before its first use and a day after its last, so that relying parties
 * which cache the key set never meet a key they do not know (providers.md §6.1).
 */
import { calculateJwkThumbprint, exportJWK, exportPKCS8, importPKCS8, type JWK } from 'jose'
import { database } from '@/lib/db'
import type { IssuerKey } from '@/lib/generated/prisma/client'
import { openWithMaster, sealWithMaster } from '@/lib/secrets'
import { selfSignedCertificate } from './certificate'

export type IssuerVersion = 'v1' | 'v2'

const overlapMs = 24 * 60 * 60 * 1000
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const

export interface SigningKey {
  kid: string
  privateKey: CryptoKey
}

/** The key to sign with now; made on first use. */
export async function signingKey(issuer: IssuerVersion, now = new Date()): Promise<SigningKey> {
  const row = (await activeKey(issuer, now)) ?? (await createKey(issuer, now))
  return { kid: row.id, privateKey: await unsealedKey(row) }
}

/** The key set to publish: keys in use, keys about to be used, and keys used until a day ago. */
export async function publishedKeys(issuer: IssuerVersion, now = new Date()): Promise<JWK[]> {
  await signingKey(issuer, now)
  const since = new Date(now.getTime() - overlapMs)
  const rows = await database().issuerKey.findMany({
    where: { issuer, OR: [{ retiredAt: null }, { retiredAt: { gt: since } }] },
    orderBy: { activeFrom: 'desc' },
  })
  return rows.map((row) => row.publicJwk as JWK)
}

/** Makes the next key. It signs a day from now; the keys before it then retire and stay published one more day. */
export async function rotateIssuerKey(issuer: IssuerVersion, now = new Date()): Promise<{ kid: string }> {
  const activeFrom = new Date(now.getTime() + overlapMs)
  const next = await createKey(issuer, activeFrom)
  await database().issuerKey.updateMany({
    where: { issuer, retiredAt: null, id: { not: next.id } },
    data: { retiredAt: activeFrom },
  })
  return { kid: next.id }
}

function activeKey(issuer: IssuerVersion, now: Date): Promise<IssuerKey | null> {
  return database().issuerKey.findFirst({
    where: { issuer, activeFrom: { lte: now }, OR: [{ retiredAt: null }, { retiredAt: { gt: now } }] },
    orderBy: { activeFrom: 'desc' },
  })
}

async function createKey(issuer: IssuerVersion, activeFrom: Date): Promise<IssuerKey> {
  const keys = await crypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
  const jwk = await exportJWK(keys.publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  const certificate = await selfSignedCertificate(keys, activeFrom)
  const publicJwk = { ...jwk, kid, use: 'sig', alg: 'RS256', x5c: [certificate.der], x5t: certificate.sha1 }
  const sealed = sealWithMaster(
    { kind: 'issuer-key', id: kid },
    Buffer.from(await exportPKCS8(keys.privateKey)),
  )
  return database().issuerKey.create({
    data: { id: kid, issuer, publicJwk, activeFrom, sealed: sealed.data, masterKeyId: sealed.masterKeyId },
  })
}

/** Unsealing and parsing cost more than a signature, so imported keys are kept; they are not extractable. */
const imported = new Map<string, CryptoKey>()

async function unsealedKey(row: IssuerKey): Promise<CryptoKey> {
  const known = imported.get(row.id)
  if (known) return known
  const pem = openWithMaster({ kind: 'issuer-key', id: row.id }, row.sealed)
  const key = await importPKCS8(pem.toString(), 'RS256', { extractable: false })
  pem.fill(0)
  imported.set(row.id, key)
  return key
}
