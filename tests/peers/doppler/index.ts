/** A verifying double of Doppler's API: OpenID Connect logins and the secrets of configs. */
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

export interface DopplerOptions {
  /** Id of the service account identity, and whom it believes. */
  identity: string
  trust: Trust
  /** Tokens that exist from the start. */
  tokens?: string[]
  /** By `project/config`. */
  configs: Record<string, Record<string, string>>
}

export function startDoppler(options: DopplerOptions): Promise<Double> {
  const tokens = new Set(options.tokens)
  return startDouble((request) => {
    if (request.path === '/v3/auth/oidc') return logIn(request, options, tokens)
    if (!tokens.has(bearerOf(request) ?? basicOf(request))) throw failed(401, 'Invalid Auth token')
    const config = options.configs[`${request.query.get('project')}/${request.query.get('config')}`]
    if (!config) throw failed(404, 'Could not find requested config')
    if (request.path === '/v3/configs/config/secret') return one(config, request.query.get('name') ?? '')
    throw failed(404, 'Not found')
  })
}

async function logIn(
  request: DoubleRequest,
  { identity, trust }: DopplerOptions,
  tokens: Set<string>,
): Promise<DoubleAnswer> {
  const fields = fieldsOf(request)
  if (fields.identity !== identity) throw failed(404, 'Identity not found')
  const verified = await verifyIdentity(fields.token, trust)
  if ('fault' in verified) throw failed(401, `Unable to authenticate: invalid ${verified.fault}`)
  const token = `dp.said.${randomUUID()}`
  tokens.add(token)
  return {
    status: 200,
    body: { success: true, token, expires_at: new Date(Date.now() + 3600_000).toISOString() },
  }
}

function one(config: Record<string, string>, name: string): DoubleAnswer {
  const value = config[name]
  if (value === undefined) throw failed(404, 'Could not find requested secret')
  return { status: 200, body: { name, value: { raw: value, computed: value, note: '' } } }
}

function basicOf({ headers }: DoubleRequest): string {
  const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? []
  return Buffer.from(encoded, 'base64').toString().replace(/:$/, '')
}

function failed(status: number, message: string): DoubleFault {
  return new DoubleFault({ status, body: { messages: [message], success: false } })
}
