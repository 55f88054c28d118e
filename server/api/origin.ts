/** Where a request comes from: as the server in front wrote it, or as seen here when the API listens by itself. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { originHeaders } from '@/lib/access/origin'
import type { Origin } from '@/lib/access/person'

export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[originHeaders.requestId]
  return typeof given === 'string' ? given : randomUUID()
}

export function originOf(request: FastifyRequest): Origin {
  const given = request.headers[originHeaders.address]
  return { address: typeof given === 'string' ? given : request.ip, requestId: request.id }
}
