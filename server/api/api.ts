/** The types that every file of the HTTP API shares. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Actor } from '@/lib/access/actor'
import { Failure } from '@/lib/failure'

/** The API's Fastify instance: schemas are zod, and handlers get what the schemas proved. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What the request body is, whatever its content type says (http-api.md trap 4). */
export type BodyFormat = 'json' | 'yaml' | 'form'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without a token. */
    public?: true
    body?: BodyFormat
    /** Its use case first asks for permission on the environment of its path, outside a transaction. */
    asksAtOnce?: true
  }
  interface FastifyRequest {
    /** Set by the authentication hook; read it with {@link actorOf}. */
    actor: Actor | undefined
  }
}

/**
 * The caller. A route that forgot to require a token refuses here.
 *
 * @throws Failure `unauthenticated`
 */
export function actorOf(request: Pick<FastifyRequest, 'actor'>): Actor {
  if (request.actor === undefined) throw new Failure('unauthenticated', 'Unauthorized: a token is required')
  return request.actor
}
