/** The audit log, to read and to export (http-api.md §11.7). */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import type { Actor } from '@/lib/access/actor'
import { isToken } from '@/lib/access/actor'
import { auditHeader, formatAuditEntry } from '@/lib/organizations/audit-formats'
import { type AuditEntry, type AuditFilter, auditLog, exportAuditLog } from '@/lib/organizations/audit-log'
import { type Api, actorOf } from '../api'
import { organizationParams, queryNumber, queryText, refusals, userShape, wireUser } from '../shapes'
import { organizationPath } from './shapes'

const logs = `${organizationPath}/auditlogs`
const seconds = queryNumber({ least: 0, most: 2 ** 40 })

const filterQuery = z.object({
  startTime: seconds.meta({ description: 'Unix seconds' }),
  endTime: seconds.meta({ description: 'Unix seconds' }),
  eventFilter: queryText,
  userFilter: queryText,
})

const entryShape = z
  .object({
    timestamp: z.number().int().meta({ description: 'Unix seconds' }),
    event: z.string(),
    description: z.string(),
    user: userShape,
    sourceIP: z.string(),
    tokenID: z.string().optional(),
    actorName: z.string(),
  })
  .meta({ id: 'AuditLogEvent' })

export function auditRoutes(api: Api): void {
  for (const version of ['', '/v2'] as const) {
    listRoute(api, version)
    exportRoute(api, version)
  }
}

/** The first version's start time is the newest that is wanted, the second's is the oldest. */
function filterOf(
  version: '' | '/v2',
  organization: string,
  query: z.output<typeof filterQuery>,
): AuditFilter {
  const { startTime, endTime, eventFilter, userFilter } = query
  const [from, to] = version === '' ? [undefined, startTime] : [startTime, endTime]
  return {
    organization,
    ...(from !== undefined && { from: isoTime(from) }),
    ...(to !== undefined && { to: isoTime(to) }),
    ...(eventFilter !== undefined && { event: eventFilter }),
    ...(userFilter !== undefined && { user: userFilter }),
  }
}

function isoTime(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString()
}

function listRoute(api: Api, version: '' | '/v2'): void {
  api.get(
    `${logs}${version}`,
    {
      schema: {
        summary: 'Read the audit log, the newest first',
        params: organizationParams,
        querystring: filterQuery.extend({ continuationToken: queryText }),
        response: {
          200: z.object({ auditLogEvents: z.array(entryShape), continuationToken: z.string().nullable() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { continuationToken: cursor, ...query } = request.query
      const filter = filterOf(version, request.params.organization, query)
      const page = await auditLog(actorOf(request), { ...filter, ...(cursor !== undefined && { cursor }) })
      return { auditLogEvents: page.entries.map(wireEntry), continuationToken: page.next ?? null }
    },
  )
}

function wireEntry({
  at,
  event,
  description,
  user,
  address,
  credential,
}: AuditEntry): z.output<typeof entryShape> {
  return {
    timestamp: Math.floor(Date.parse(at) / 1000),
    event,
    description,
    user: wireUser({ login: user.login, name: user.login }),
    sourceIP: address,
    ...(isToken(credential) && { tokenID: credential.id }),
    actorName: user.login,
  }
}

function exportRoute(api: Api, version: '' | '/v2'): void {
  api.get(
    `${logs}${version}/export`,
    {
      schema: {
        summary: 'Export the audit log',
        params: organizationParams,
        querystring: filterQuery.extend({ format: z.enum(['csv', 'cef', 'json']).default('csv') }),
        response: {
          200: { description: 'one line each', content: { 'text/plain': { schema: z.string() } } },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { format, ...query } = request.query
      const filter = filterOf(version, request.params.organization, query)
      const lines = exportedLines(actorOf(request), filter, format)
      // The first batch decides about permission, while the status can still tell.
      const first = await lines.next()
      const rest = async function* () {
        yield first.done ? '' : first.value
        yield* lines
      }
      return sendLines(reply, rest())
    },
  )
}

function sendLines(reply: FastifyReply, lines: AsyncIterable<string>): FastifyReply {
  return reply.type('text/plain').send(Readable.from(lines))
}

async function* exportedLines(
  actor: Actor,
  filter: AuditFilter,
  format: 'csv' | 'cef' | 'json',
): AsyncGenerator<string> {
  let header = auditHeader(format)
  for await (const batch of exportAuditLog(actor, filter)) {
    yield header + batch.map((entry) => formatAuditEntry(entry, format)).join('')
    header = ''
  }
  if (header !== '') yield header
}
