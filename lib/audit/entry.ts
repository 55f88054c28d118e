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

/** An entry before the chain gave it its time and place. */
export type UnplacedEntry = Omit<ChainedEntry, 'at' | 'sequence'>

export type HashedParts = [beforeTime: string, beforePrevious: string, beforeSequence: string, end: string]

/** No text of an entry holds NUL, so this stands in no other place. */
const hole = '\0'

/** What {@link entryHash} hashes, parted where time, predecessor and number belong: the database fills them in. */
export function hashedParts(entry: UnplacedEntry): HashedParts {
  const text = canonicalJson({ ...entry, at: hole, previous: hole, sequence: hole })
  const [beforeTime, beforePrevious, beforeSequence, end] = text.split(JSON.stringify(hole))
  if (
    beforeTime === undefined ||
    beforePrevious === undefined ||
    beforeSequence === undefined ||
    end === undefined
  )
    throw new Error('an audit entry lacks time, predecessor or number')
  return [beforeTime, beforePrevious, beforeSequence, end]
}
