/** What a client would rather have, and is told whether it got (RFC 7240). Who does not know it gets what it always got. */
import type { FastifyReply, FastifyRequest } from 'fastify'

const representation = 'return=representation'

/** Whether the answer to a change shall hold what came of it, to spare the client from asking for it. */
export function wantsRepresentation(request: FastifyRequest): boolean {
  const preferences = [request.headers.prefer ?? ''].flat().join(',')
  return preferences.split(',').some((one) => /^return\s*=\s*"?representation"?$/i.test(one.trim()))
}

export function applyRepresentation(reply: FastifyReply): FastifyReply {
  return reply.header('preference-applied', representation)
}
