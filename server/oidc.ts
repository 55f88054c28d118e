/** The issuers' public face: discovery and keys, unauthenticated and cacheable, as clouds fetch them. */
import type { FastifyInstance } from 'fastify'
import { config } from '@/lib/config'
import { type IssuerVersion, publishedKeys } from '@/lib/oidc/keys'
import { issuerV1 } from '@/lib/oidc/token'
import { issuerV2 } from '@/lib/oidc/token-v2'

/** At most five minutes, so that a rotated key set is seen well within the overlap of keys. */
const cacheControl = 'public, max-age=300'

const registeredClaims = ['iss', 'aud', 'sub', 'iat', 'nbf', 'exp', 'jti']
const claimsOfV1 = ['org', 'env', 'current_env', 'root_env', 'trigger_user']
const claimsOfV2 = ['org', 'org_id', 'current_env', 'current_env_id', 'root_env', 'root_env_id', 'actor']

export function registerOidc(app: FastifyInstance): void {
  registerIssuer(app, { version: 'v1', path: '/oidc', issuer: issuerV1, claims: () => claimsOfV1 })
  registerIssuer(app, {
    version: 'v2',
    path: '/oidc/v2',
    issuer: issuerV2,
    claims: () => claimsOfV2.map((name) => `${config().url}/claims/${name}`),
  })
}

interface Issuer {
  version: IssuerVersion
  path: string
  issuer(): string
  /** Beside the registered ones. */
  claims(): string[]
}

function registerIssuer(app: FastifyInstance, { version, path, issuer, claims }: Issuer): void {
  app.get(`${path}/.well-known/openid-configuration`, async (_request, reply) => {
    reply.header('cache-control', cacheControl)
    return discovery(issuer(), [...registeredClaims, ...claims()])
  })
  app.get(`${path}/.well-known/jwks`, async (_request, reply) => {
    reply.header('cache-control', cacheControl)
    return { keys: await publishedKeys(version) }
  })
}

function discovery(issuer: string, claims: string[]) {
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
