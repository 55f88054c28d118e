/** One entry of an organization's chain and the hash that ties it to the one before. */
import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical'

/** The columns of `AuditEvent` that its hash covers. */
export interface ChainedEntry {
  organizationId: string
  sequence: number
  at: Date
  event: string
  description: string
  actorKind: string
  actorId: string
  actorLogin: string
  credentialKind: string
  credentialId: string
  address: string
  requestId: string
  environmentId: string | null
  environment: string | null
  /** Canonical JSON. */
  data: string
}

export type Hash = Buffer<ArrayBuffer>

function sha256(text: string): Hash {
  return Buffer.from(createHash('sha256').update(text).digest())
}

/** What the first entry of an organization follows; another organization's chain does not fit behind it. */
export function genesis(organizationId: string): Hash {
  return sha256(`openesc audit chain\n${organizationId}`)
}

export function entryHash(entry: ChainedEntry, previous: Uint8Array): Hash {
  const { at, ...rest } = entry
  return sha256(
    canonicalJson({ ...rest, at: at.toISOString(), previous: Buffer.from(previous).toString('hex') }),
  )
}
