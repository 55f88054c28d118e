/** Trading a CI's identity token for an access token (http-api.md §3.4, RFC 8693). */
import * as z from 'zod'
import { exchangeToken } from '@/lib/organizations/exchange/exchange'
import type { Api } from './api'
import { errorShape } from './errors'
import { originOf } from './origin'

const granted = z.object({
  access_token: z.string(),
  issued_token_type: z.string(),
  token_type: z.literal('token'),
  expires_in: z.number().int(),
  scope: z.string(),
})

const refused = z
  .object({ code: z.number().int(), message: z.string(), error: z.string(), error_description: z.string() })
  .meta({ description: 'As RFC 6749 names errors, beside the members of every error.' })

const form = z.record(z.string(), z.unknown()).meta({
  description:
    'grant_type, audience, subject_token_type, subject_token, requested_token_type, scope, expiration',
})

export function tokenExchangeRoutes(api: Api): void {
  api.post(
    '/api/oauth/token',
    {
      config: { public: true, body: 'form' },
      schema: {
        summary: 'Trade an identity token for an access token',
        consumes: ['application/x-www-form-urlencoded', 'application/json'],
        body: form,
        response: { 200: granted, 400: refused, 401: refused, 429: errorShape, 500: errorShape },
      },
    },
    async (request, reply) => {
      const result = await exchangeToken(request.body, originOf(request))
      if (result.granted) {
        return {
          access_token: result.accessToken,
          issued_token_type: result.issuedTokenType,
          token_type: 'token' as const,
          expires_in: result.expiresInSeconds,
          scope: result.scope,
        }
      }
      const code = result.error === 'invalid_request' ? 400 : 401
      const { error, description } = result
      return reply.code(code).send({ code, message: description, error, error_description: description })
    },
  )
}
