/** A verifying double of what HashiCorp Vault and OpenBao share: JWT logins, child tokens, KV v2, dynamic credentials. */
import { randomUUID } from 'node:crypto'
import {
  type Double,
  type DoubleAnswer,
  DoubleFault,
  type DoubleRequest,
  fieldsOf,
  startDouble,
} from '../double'
import { type IdentityFault, type Trust, verifyIdentity } from '../verify-identity'

export interface VaultOptions {
  namespace?: string
  /** Roles of the JWT auth method by `mount/role`; without `trust` a role binds no audience. */
  roles?: Record<string, { trust?: Trust }>
  /** Tokens that exist from the start. */
  tokens?: string[]
  /** Data by path below a KV v2 mount called `secret`. */
  secrets?: Record<string, Record<string, unknown>>
  /** Roles of the database engine. */
  databaseRoles?: string[]
}

export function startVault(options: VaultOptions): Promise<Double> {
  const tokens = new Set(options.tokens)
  return startDouble((request) => {
    if (options.namespace !== request.headers['x-vault-namespace']) throw errors(404, 'no handler for route')
    const login = /^\/v1\/auth\/(.+)\/login$/.exec(request.path)
    if (login) return logIn(request, { mount: login[1] ?? '', options, tokens })
    const token = request.headers['x-vault-token']
    if (typeof token !== 'string' || !tokens.has(token)) throw errors(403, 'permission denied')
    if (request.path === '/v1/auth/token/create') return createChild(request, tokens)
    return read(request, options)
  })
}

interface Login {
  mount: string
  options: VaultOptions
  tokens: Set<string>
}

async function logIn(request: DoubleRequest, { mount, options, tokens }: Login): Promise<DoubleAnswer> {
  const { role, jwt } = fieldsOf(request)
  if (!Object.keys(options.roles ?? {}).some((name) => name.startsWith(`${mount}/`))) {
    throw errors(404, `no handler for route "auth/${mount}/login"`)
  }
  if (role === undefined) throw errors(400, 'missing role')
  const found = options.roles?.[`${mount}/${role}`]
  if (!found) throw errors(400, `role "${role}" could not be found`)
  if (!found.trust) throw errors(400, 'audience claim found in JWT but no audiences bound to the role')
  const verified = await verifyIdentity(jwt, found.trust)
  if ('fault' in verified) throw errors(400, refusal(verified.fault))
  return authenticated(tokens, 3600)
}

function refusal(fault: IdentityFault): string {
  if (fault === 'audience')
    return 'error validating token: invalid audience (aud) claim: audience claim does not match'
  if (fault === 'subject') return 'error validating token: sub claim does not match bound subject'
  if (fault === 'issuer') return 'error validating token: invalid issuer (iss) claim'
  if (fault === 'expired') return 'error validating token: token is expired'
  return 'error validating token: no known key successfully validated the token signature'
}

function createChild(request: DoubleRequest, tokens: Set<string>): DoubleAnswer {
  const { explicit_max_ttl: ttl } = fieldsOf(request)
  const [, hours = 0, minutes = 0] = /^(?:(\d+)h)?(?:(\d+)m)?/.exec(String(ttl)) ?? []
  return authenticated(tokens, Number(hours) * 3600 + Number(minutes) * 60)
}

function authenticated(tokens: Set<string>, lease_duration: number): DoubleAnswer {
  const client_token = `hvs.${randomUUID()}`
  tokens.add(client_token)
  const auth = {
    client_token,
    accessor: randomUUID(),
    policies: ['default'],
    token_policies: ['default'],
    metadata: null,
    lease_duration,
    renewable: true,
    entity_id: '',
    token_type: 'service',
    orphan: true,
  }
  return { status: 200, body: { ...envelope(), data: null, auth } }
}

function read(request: DoubleRequest, options: VaultOptions): DoubleAnswer {
  if (request.method !== 'GET') throw errors(405, 'unsupported operation')
  const [, role] = /^\/v1\/database\/creds\/(.+)$/.exec(request.path) ?? []
  if (role !== undefined) {
    if (!options.databaseRoles?.includes(role)) throw errors(400, `unknown role: ${role}`)
    const data = { username: `v-${role}-${randomUUID().slice(0, 8)}`, password: randomUUID() }
    const lease = { lease_id: `database/creds/${role}/1`, lease_duration: 900, renewable: true }
    return { status: 200, body: { ...envelope(), ...lease, data } }
  }
  const [, path = ''] = /^\/v1\/secret\/data\/(.+)$/.exec(request.path) ?? []
  const data = options.secrets?.[path]
  if (!data) throw new DoubleFault({ status: 404, body: { errors: [] } })
  const metadata = {
    created_time: '2026-01-01T00:00:00Z',
    custom_metadata: null,
    deletion_time: '',
    destroyed: false,
  }
  return { status: 200, body: { ...envelope(), data: { data, metadata: { ...metadata, version: 1 } } } }
}

function envelope() {
  const lease = { lease_id: '', renewable: false, lease_duration: 0 }
  return { request_id: randomUUID(), ...lease, wrap_info: null, warnings: null, auth: null }
}

function errors(status: number, message: string): DoubleFault {
  return new DoubleFault({ status, body: { errors: [message] } })
}
