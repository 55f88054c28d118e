/** The issuer's public face: discovery and keys, unauthenticated and cacheable, as clouds fetch them. */
import type { FastifyInstance } from 'fastify'
import { publishedKeys } from '@/lib/oidc/keys'
import { issuerV1 } from '@/lib/oidc/token'

/** At most five minutes, so that a rotated key set is seen well within the overlap of keys. */
const cacheControl = 'public, max-age=300'

const claims = [
  'iss',
  'aud',
  'sub',
  'iat',
  'nbf',
  'exp',
  'jti',
  'org',
  'current_env',
  'root_env',
  'trigger_user',
]

export function registerOidc(app: FastifyInstance): void {
  app.get('/oidc/.well-known/openid-configuration', async (_request, reply) => {
    reply.header('cache-control', cacheControl)
    return discovery(issuerV1())
  })
  app.get('/oidc/.well-known/jwks', async (_request, reply) => {
    reply.header('cache-control', cacheControl)
    return { keys: await publishedKeys('v1') }
  })
}

function discovery(issuer: string) {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
    claims_supported: claims,
  }
}
