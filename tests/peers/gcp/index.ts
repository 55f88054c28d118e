/**
 * A verifying double of Google's token exchange, of service account impersonation and of Secret Manager: each knows the
 * tokens that the one before it issued and nothing else.
 */
import { randomUUID } from 'node:crypto'
import {
  bearerOf,
  type Double,
  type DoubleAnswer,
  DoubleFault,
  type DoubleRequest,
  fieldsOf,
  startDouble,
} from '../double'
import { type IdentityFault, type Trust, verifyIdentity } from '../verify-identity'

export interface GcpOptions {
  /** The project's number, in every audience and path. */
  project: number
  pool: string
  /** The provider in the pool, and whom it believes. */
  provider: string
  trust: Trust
  /** E-mail, and the subject that may impersonate it (`roles/iam.workloadIdentityUser`). */
  serviceAccount: { email: string; principal: string }
  /** Bearer tokens that may impersonate, beside the federated ones. */
  accessTokens?: string[]
  /** By name; the newest version last. */
  secrets?: Record<string, string[]>
}

interface Tokens {
  /** The subject by federated token. */
  federated: Map<string, string>
  account: Set<string>
}

export function startGcp(options: GcpOptions): Promise<Double> {
  const tokens: Tokens = { federated: new Map(), account: new Set() }
  return startDouble((request) => {
    if (request.path === '/v1/token') return exchange(request, options, tokens)
    if (request.path.endsWith(':generateAccessToken')) return impersonate(request, options, tokens)
    return secretManager(request, options, tokens)
  })
}

async function exchange(request: DoubleRequest, options: GcpOptions, tokens: Tokens): Promise<DoubleAnswer> {
  if (request.headers.authorization !== undefined)
    throw oauthError('invalid_client', 'No credentials expected.')
  const fields = fieldsOf(request)
  // The libraries send a form in snake case, the REST reference documents JSON in camel case.
  const field = (name: string) =>
    fields[name] ?? fields[name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())]
  const place = `projects/${options.project}/locations/global/workloadIdentityPools/${options.pool}`
  if (field('grant_type') !== 'urn:ietf:params:oauth:grant-type:token-exchange')
    throw badRequest('grant_type')
  if (field('subject_token_type') !== 'urn:ietf:params:oauth:token-type:jwt')
    throw badRequest('subject_token_type')
  if (field('audience') !== `//iam.googleapis.com/${place}/providers/${options.provider}`) {
    throw badRequest('audience')
  }
  const verified = await verifyIdentity(field('subject_token'), options.trust)
  if ('fault' in verified) throw refusedToken(verified.fault)
  const access_token = `ya29.federated.${randomUUID()}`
  tokens.federated.set(access_token, verified.subject)
  const issued_token_type = 'urn:ietf:params:oauth:token-type:access_token'
  return { status: 200, body: { access_token, issued_token_type, token_type: 'Bearer', expires_in: 3600 } }
}

function badRequest(name: string): DoubleFault {
  return oauthError('invalid_request', `Invalid value for "${name}".`)
}

function refusedToken(fault: IdentityFault): DoubleFault {
  if (fault === 'subject') {
    return oauthError('unauthorized_client', 'The given credential is rejected by the attribute condition.')
  }
  if (fault === 'audience') {
    return oauthError('invalid_grant', 'The audience in ID Token does not match the expected audience.')
  }
  if (fault === 'expired') return oauthError('invalid_grant', 'ID Token is stale to sign-in.')
  return oauthError('invalid_grant', 'Error connecting to the given credential issuer.')
}

function oauthError(error: string, error_description: string): DoubleFault {
  return new DoubleFault({ status: 400, body: { error, error_description } })
}

function impersonate(request: DoubleRequest, options: GcpOptions, tokens: Tokens): DoubleAnswer {
  const token = bearerOf(request) ?? ''
  const { email, principal } = options.serviceAccount
  const known = tokens.federated.has(token) || options.accessTokens?.includes(token)
  if (!known) throw rpcError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
  if (request.path !== `/v1/projects/-/serviceAccounts/${email}:generateAccessToken`) {
    throw rpcError(404, 'NOT_FOUND', 'Not found; Gaia id not found for email')
  }
  if (tokens.federated.has(token) && tokens.federated.get(token) !== principal) {
    const message =
      "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."
    throw rpcError(403, 'PERMISSION_DENIED', message)
  }
  const fields = fieldsOf(request)
  const seconds = Number(/^(\d+)s$/.exec(String(fields.lifetime))?.[1])
  if (!(seconds > 0 && seconds <= 3600) || !Array.isArray(fields.scope)) {
    throw rpcError(400, 'INVALID_ARGUMENT', 'The provided lifetime is out of range.')
  }
  const accessToken = `ya29.account.${randomUUID()}`
  tokens.account.add(accessToken)
  const expireTime = new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  return { status: 200, body: { accessToken, expireTime } }
}

function secretManager(request: DoubleRequest, options: GcpOptions, tokens: Tokens): DoubleAnswer {
  const token = bearerOf(request) ?? ''
  if (!tokens.account.has(token) && !options.accessTokens?.includes(token)) {
    throw rpcError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
  }
  const [, project, rest = ''] = /^\/v1\/projects\/([^/]+)\/secrets\/?(.*)$/.exec(request.path) ?? []
  if (project === undefined) throw rpcError(404, 'NOT_FOUND', 'no such method')
  if (rest === '') return { status: 200, body: { secrets: listed(options), totalSize: 1 } }
  const [, name = '', version = ''] = /^([^/]+)\/versions\/([^/:]+):access$/.exec(rest) ?? []
  const versions = options.secrets?.[name] ?? []
  const number = version === 'latest' ? versions.length : Number(version)
  const value = versions[number - 1]
  if (value === undefined) {
    const path = `projects/${project}/secrets/${name}/versions/${version}`
    throw rpcError(404, 'NOT_FOUND', `Secret Version [${path}] not found.`)
  }
  const data = Buffer.from(value).toString('base64')
  const path = `projects/${options.project}/secrets/${name}/versions/${number}`
  return { status: 200, body: { name: path, payload: { data, dataCrc32c: String(checksum(value)) } } }
}

function listed({ project, secrets = {} }: GcpOptions) {
  return Object.keys(secrets).map((name) => ({
    name: `projects/${project}/secrets/${name}`,
    createTime: '2026-01-01T00:00:00Z',
    replication: { automatic: {} },
    etag: '"1"',
  }))
}

/** CRC-32C bit by bit, on purpose not the product's own. */
function checksum(text: string): number {
  let remainder = ~0
  for (const byte of Buffer.from(text)) {
    remainder ^= byte
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (0x82f63b78 & -(remainder & 1))
  }
  return ~remainder >>> 0
}

function rpcError(code: number, status: string, message: string): DoubleFault {
  return new DoubleFault({ status: code, body: { error: { code, status, message } } })
}
