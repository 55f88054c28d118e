/** Reading an organization's audit log, newest first, and exporting it. */
import type { Actor } from '@/lib/access/actor'
import { requireOrganization } from '@/lib/access/require'
import { type ChainReport, verifyChain } from '@/lib/audit'
import { database, type Prisma } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { AuditEvent } from '@/lib/generated/prisma/client'

export interface AuditFilter {
  organization: string
  event?: string
  /** Login of a person, or name of a team or token owner. */
  user?: string
  /** `project/name` as it was at the time, without regard to case. */
  environment?: string
  tokenId?: string
  address?: string
  /** ISO 8601, inclusive. */
  from?: string
  /** ISO 8601, exclusive. */
  to?: string
  /** Only refused and failed attempts. */
  failures?: boolean
}

export interface AuditEntry {
  sequence: number
  at: string
  event: string
  description: string
  user: { kind: string; id: string; login: string }
  credential: { kind: string; id: string }
  address: string
  requestId: string
  environment?: { id: string; name: string }
  data: unknown
  /** Hex; ties the entry to the one before. */
  hash: string
}

/** @throws Failure `not_found`, `forbidden`, `invalid` for a time or cursor that is none */
export async function auditLog(
  actor: Actor,
  { cursor, limit = 100, ...filter }: AuditFilter & { cursor?: string; limit?: number },
): Promise<{ entries: AuditEntry[]; next?: string }> {
  const { organization } = filter
  const permission = await requireOrganization(database(), actor, { organization, scope: 'audit_logs:read' })
  const rows = await page(permission.organization.id, { filter, before: cursorOf(cursor), limit: limit + 1 })
  const entries = rows.slice(0, limit)
  const last = entries.at(-1)
  return {
    entries: entries.map(entryOf),
    ...(rows.length > limit && last && { next: String(last.sequence) }),
  }
}

/** All entries that match, in batches, newest first. @throws Failure as {@link auditLog} */
export async function* exportAuditLog(actor: Actor, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  const { organization } = filter
  const permission = await requireOrganization(database(), actor, {
    organization,
    scope: 'audit_logs:export',
  })
  let before: number | undefined
  for (;;) {
    const rows = await page(permission.organization.id, { filter, before, limit: 500 })
    if (rows.length === 0) return
    yield rows.map(entryOf)
    before = rows.at(-1)?.sequence
  }
}

/** Whether the chain is whole; names the first bad entry. @throws Failure `not_found`, `forbidden` */
export async function verifyAuditLog(
  actor: Actor,
  { organization }: { organization: string },
): Promise<ChainReport> {
  const permission = await requireOrganization(database(), actor, { organization, scope: 'audit_logs:read' })
  return verifyChain(permission.organization.id)
}

interface Page {
  filter: AuditFilter
  before: number | undefined
  limit: number
}

function page(organizationId: string, { filter, before, limit }: Page): Promise<AuditEvent[]> {
  return database().auditEvent.findMany({
    where: {
      organizationId,
      ...(before !== undefined && { sequence: { lt: before } }),
      ...conditions(filter),
    },
    orderBy: { sequence: 'desc' },
    take: limit,
  })
}

function conditions(filter: AuditFilter): Prisma.AuditEventWhereInput {
  const { event, user, environment, tokenId, address, from, to, failures } = filter
  const at = {
    ...(from !== undefined && { gte: timeOf(from, 'from') }),
    ...(to !== undefined && { lt: timeOf(to, 'to') }),
  }
  return {
    ...(event !== undefined && { event }),
    ...(user !== undefined && { actorLogin: { equals: user, mode: 'insensitive' } }),
    ...(environment !== undefined && { environment: { equals: environment, mode: 'insensitive' } }),
    ...(tokenId !== undefined && { credentialId: tokenId }),
    ...(address !== undefined && { address }),
    ...((from !== undefined || to !== undefined) && { at }),
    ...(failures && {
      OR: [
        { event: { startsWith: 'auth-failure' } },
        { event: { endsWith: '-failed' } },
        { event: { contains: 'unauthorized' } },
      ],
    }),
  }
}

function timeOf(text: string, field: string): Date {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw new Failure('invalid', 'This is no time (ISO 8601).', { field })
  return time
}

function cursorOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Failure('invalid', 'Invalid continuation token', { field: 'cursor' })
  return Number(text)
}

function entryOf(row: AuditEvent): AuditEntry {
  return {
    sequence: row.sequence,
    at: row.at.toISOString(),
    event: row.event,
    description: row.description,
    user: { kind: row.actorKind, id: row.actorId, login: row.actorLogin },
    credential: { kind: row.credentialKind, id: row.credentialId },
    address: row.address,
    requestId: row.requestId,
    ...(row.environmentId !== null && {
      environment: { id: row.environmentId, name: row.environment ?? '' },
    }),
    data: row.data,
    hash: Buffer.from(row.hash).toString('hex'),
  }
}
