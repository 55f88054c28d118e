import { database } from '@/lib/db'
import type { AuditEvent as AuditRow } from '@/lib/generated/prisma/client'
import { type AuditValue, canonicalJson } from './canonical'
import { entryHash, genesis } from './entry'

export type ChainProblem = 'missing_entry' | 'wrong_predecessor' | 'altered_entry' | 'wrong_head'

export type ChainReport =
  | { intact: true; entries: number; head: string }
  /** `sequence` is where the first bad entry stands, or should stand. */
  | { intact: false; sequence: number; problem: ChainProblem }

const batchSize = 500

/** Prisma's JSON values have no undefined members, so they are audit values. */
function canonicalData(data: AuditRow['data']): string {
  const value: AuditValue = JSON.parse(JSON.stringify(data))
  return canonicalJson(value)
}

function problemOf(row: AuditRow, sequence: number, previous: Uint8Array): ChainProblem | undefined {
  if (row.sequence !== sequence) return 'missing_entry'
  if (!Buffer.from(row.previousHash).equals(previous)) return 'wrong_predecessor'
  const { previousHash: _, hash, data, ...rest } = row
  const expected = entryHash({ ...rest, data: canonicalData(data) }, previous)
  return expected.equals(hash) ? undefined : 'altered_entry'
}

interface Position {
  sequence: number
  hash: Uint8Array
}

/** Follows the chain to its last row; answers the first bad entry, or where the rows end. */
async function follow(organizationId: string, from: Position): Promise<ChainReport | Position> {
  let { sequence, hash } = from
  for (;;) {
    const rows = await database().auditEvent.findMany({
      where: { organizationId, sequence: { gt: sequence } },
      orderBy: { sequence: 'asc' },
      take: batchSize,
    })
    for (const row of rows) {
      const problem = problemOf(row, sequence + 1, hash)
      if (problem !== undefined) return { intact: false, sequence: sequence + 1, problem }
      sequence += 1
      hash = row.hash
    }
    if (rows.length < batchSize) return { sequence, hash }
  }
}

/**
 * Recomputes an organization's chain from its first entry to its head and names the first bad entry (P11). Entries may
 * be appended meanwhile: the head is read after the rows, and rows that it is ahead of are read again.
 */
export async function verifyChain(organizationId: string): Promise<ChainReport> {
  const start = genesis(organizationId)
  let reached: Position = { sequence: 0, hash: start }
  for (let again = false; ; again = true) {
    const next = await follow(organizationId, reached)
    if ('intact' in next) return next
    const head = (await database().auditChain.findUnique({ where: { organizationId } })) ?? {
      sequence: 0,
      hash: start,
    }
    if (head.sequence === next.sequence && Buffer.from(head.hash).equals(next.hash)) {
      return { intact: true, entries: next.sequence, head: Buffer.from(next.hash).toString('hex') }
    }
    const stuck = again && next.sequence === reached.sequence
    if (head.sequence <= next.sequence || stuck) {
      return { intact: false, sequence: next.sequence + 1, problem: 'wrong_head' }
    }
    reached = next
  }
}
