/**
 * The one error shape: `{code, message}` with the HTTP status as numeric code, plus `diagnostics` for definitions
 * (http-api.md §1.6, traps 1, 8 and 9). No message holds what was sent.
 */
import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { recordRefusal } from '@/lib/access/refused'
import { type Failure, isFailure } from '@/lib/failure'
import type { Api } from './api'
import { diagnosticShape, wireDiagnostics } from './diagnostics'

export const errorShape = z
  .object({
    code: z.number().int().meta({ description: 'the HTTP status' }),
    message: z.string(),
    diagnostics: z.array(diagnosticShape).optional(),
  })
  .meta({ id: 'Error', description: 'Every answer that is not a success.' })

type ErrorBody = z.output<typeof errorShape>

export function answerErrors(api: Api): void {
  api.setErrorHandler(async (error, request, reply) => {
    await recordRefusal(error)
    return answerError(error, request, reply)
  })
  api.setNotFoundHandler((_request, reply) => send(reply, { code: 404, message: 'Not Found: no such route' }))
}

/** Also for faults outside routes, such as a path that is not valid percent-encoding. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isFailure(error)) return sendFailure(reply, error)
  if (hasZodFastifySchemaValidationErrors(error)) {
    const { instancePath, message } = error.validation[0] ?? {}
    const field = `${error.validationContext ?? 'request'}${instancePath ?? ''}`
    return send(reply, { code: 400, message: `Bad Request: ${field}: ${message ?? 'invalid'}` })
  }
  const status = clientErrorStatus(error)
  if (status !== undefined) return send(reply, { code: status, message: statusText(status) })
  reportFault(error, request)
  return send(reply, { code: 500, message: 'Internal Server Error' })
}

function sendFailure(reply: FastifyReply, failure: Failure): FastifyReply {
  const { retryAfterSeconds, diagnostics } = failure.details
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
  return send(reply, {
    code: failure.status,
    message: failure.message,
    ...(diagnostics && { diagnostics: wireDiagnostics(diagnostics) }),
  })
}

function send(reply: FastifyReply, body: ErrorBody): FastifyReply {
  return reply
    .code(body.code)
    .type('application/json')
    .serializer((payload: ErrorBody) => `${JSON.stringify(payload)}\n`)
    .send(body)
}

/** The status of a fault that the framework found in the request: too large a body, a malformed path. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined
}

function statusText(status: number): string {
  return STATUS_CODES[status] ?? 'Error'
}

/** Where it happened, not what: messages of the database and of parsers quote what was sent (L01). */
function reportFault(error: unknown, request: FastifyRequest): void {
  const { id, method, routeOptions } = request
  const fault = error instanceof Error ? error : new Error()
  const code = 'code' in fault && typeof fault.code === 'string' ? ` ${fault.code}` : ''
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const title = `API fault, request ${id}, ${method} ${routeOptions.url ?? ''}: ${fault.name}${code}`
  process.stderr.write(`${[title, ...frames.slice(0, 8)].join('\n')}\n`)
}
