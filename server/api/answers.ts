/** How answers are written, the same for every route. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createSerializerCompiler } from 'fastify-type-provider-zod'
import { stringifyJson } from '@/lib/language'
import type { Api } from './api'

/** JSON ends with a newline (http-api.md trap 13); nothing is cached or sniffed; every answer names its request. */
export function answerJson(api: Api): void {
  const compile = createSerializerCompiler()
  api.setSerializerCompiler<Parameters<typeof compile>[0]['schema']>((route) => {
    const serialize = compile(route)
    return (data) => `${serialize(data)}\n`
  })
  api.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-pulumi-request-id': request.id,
    })
    done()
  })
}

/** For evaluated values: their numbers keep the spelling they have in the definition. */
export function sendValues(reply: FastifyReply, body: unknown): FastifyReply {
  return reply
    .type('application/json')
    .serializer((value: unknown) => `${stringifyJson(value)}\n`)
    .send(body)
}

/** Whatever the client accepts, a definition is YAML (http-api.md trap 5). */
export function sendYaml(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/x-yaml').send(text)
}

/**
 * 204 for creating and deleting environments; 200 for versions of the TypeScript SDK before 0.13, which take nothing
 * else for success (http-api.md trap 6).
 */
export function emptyStatus(request: FastifyRequest): 200 | 204 {
  const version = /^esc-sdk\/ts\/v?(\d+)\.(\d+)\./.exec(request.headers['user-agent'] ?? '')
  const [, major, minor] = version ?? []
  return major === '0' && Number(minor) < 13 ? 200 : 204
}
