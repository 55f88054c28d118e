/** A verifying double of Infisical's API: machine identity logins and raw secrets. */
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
import { type Trust, verifyIdentity } from '../verify-identity'

export interface InfisicalOptions {
  identity: string
  trust: Trust
  /** Of universal auth. */
  client?: { id: string; secret: string }
  /** By `projectId/environment/secretPath`, for example `p1/prod//`. */
  secrets: Record<string, Record<string, string>>
}

export function startInfisical(options: InfisicalOptions): Promise<Double> {
  const tokens = new Set<string>()
  return startDouble((request) => {
    if (request.path === '/api/v1/auth/oidc-auth/login') return logInByIdentity(request, options, tokens)
    if (request.path === '/api/v1/auth/universal-auth/login') return logInBySecret(request, options, tokens)
    const token = bearerOf(request)
    if (token === undefined || !tokens.has(token)) throw failed(401, 'Token missing or invalid')
    const [, name] = /^\/api\/v3\/secrets\/raw\/([^/]+)$/.exec(request.path) ?? []
    if (name === undefined) throw failed(404, 'Route not found')
    return readSecret(request, name, options)
  })
}

async function logInByIdentity(
  request: DoubleRequest,
  { identity, trust }: InfisicalOptions,
  tokens: Set<string>,
): Promise<DoubleAnswer> {
  const { identityId, jwt } = fieldsOf(request)
  if (identityId !== identity) throw failed(404, 'Identity not found')
  const verified = await verifyIdentity(jwt, trust)
  if ('fault' in verified) throw failed(403, `Access denied: OIDC ${verified.fault} not allowed.`)
  return loggedIn(tokens)
}

function logInBySecret(
  request: DoubleRequest,
  { client }: InfisicalOptions,
  tokens: Set<string>,
): DoubleAnswer {
  const { clientId, clientSecret } = fieldsOf(request)
  if (!client || clientId !== client.id || clientSecret !== client.secret) {
    throw failed(401, `Invalid credentials for ${clientSecret}`)
  }
  return loggedIn(tokens)
}

function loggedIn(tokens: Set<string>): DoubleAnswer {
  const accessToken = `st.${randomUUID()}`
  tokens.add(accessToken)
  return { status: 200, body: { accessToken, expiresIn: 7200, accessTokenMaxTTL: 7200, tokenType: 'Bearer' } }
}

function readSecret(
  { query }: DoubleRequest,
  secretKey: string,
  { secrets }: InfisicalOptions,
): DoubleAnswer {
  const place = `${query.get('workspaceId')}/${query.get('environment')}/${query.get('secretPath') ?? '/'}`
  const secretValue = secrets[place]?.[secretKey]
  if (secretValue === undefined) throw failed(404, `Secret with name '${secretKey}' not found`)
  const secret = { id: randomUUID(), workspace: 'p', environment: query.get('environment'), version: 1 }
  return {
    status: 200,
    body: { secret: { ...secret, type: 'shared', secretKey, secretValue, secretComment: '' } },
  }
}

function failed(statusCode: number, message: string): DoubleFault {
  return new DoubleFault({
    status: statusCode,
    body: { reqId: 'req-1', statusCode, message, error: 'Refused' },
  })
}
