/** Who is asking: the `Authorization` header, checked before anything else of the request is read. */
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import type { EnvironmentPlace } from '@/lib/access/arrival'
import { actorFromToken } from '@/lib/access/tokens'
import { Failure } from '@/lib/failure'
import type { Api } from './api'
import { originOf } from './origin'
import { environmentParams } from './shapes'

export function requireTokens(api: Api): void {
  api.decorateRequest('actor', undefined)
  api.addHook('onRequest', async (request) => {
    if (request.is404) return
    const { config } = request.routeOptions
    if (!config.public) request.actor = await authenticate(request, config)
  })
}

async function authenticate(request: FastifyRequest, config: FastifyContextConfig) {
  const value = tokenOf(request.headers.authorization)
  if (value === undefined) throw new Failure('unauthenticated', 'Unauthorized: no access token was sent')
  const actor = await actorFromToken(value, originOf(request), placeOf(request, config))
  if (actor === undefined) throw new Failure('unauthenticated', 'Unauthorized: the access token is not valid')
  return actor
}

/** A request with a body may take its time, in which much can happen: it asks when the body is there. */
function placeOf(
  { headers, params }: FastifyRequest,
  { asksAtOnce }: FastifyContextConfig,
): EnvironmentPlace | undefined {
  if (!asksAtOnce) return undefined
  const bodyLength = headers['transfer-encoding'] ? Infinity : Number(headers['content-length'] ?? 0)
  if (bodyLength !== 0) return undefined
  const { success, data } = environmentParams.safeParse(params)
  return success ? data : undefined
}

/** Official clients write `token VALUE`; `Bearer` is accepted as an alias (http-api.md §1.2). */
function tokenOf(header: string | undefined): string | undefined {
  return /^(?:token|bearer) +(\S+)$/i.exec(header ?? '')?.[1]
}
