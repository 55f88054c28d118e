/**
 * A verifying double of Microsoft Entra and of one Azure Key Vault: federated credentials are compared exactly, client
 * secrets too, and the vault knows the tokens that Entra issued for it and nothing else.
 */
import { randomUUID } from 'node:crypto'
import {
  bearerOf,
  type Double,
  type DoubleAnswer,
  DoubleFault,
  type DoubleOptions,
  type DoubleRequest,
  fieldsOf,
  startDouble,
} from '../double'
import { type IdentityFault, type Trust, verifyIdentity } from '../verify-identity'
import { type AppRegistration, graph } from './graph'

export interface AzureOptions extends DoubleOptions {
  tenant: string
  client: string
  clientSecret?: string
  /** The federated credential of the application. */
  trust?: Required<Trust>
  /** By name; a string is the newest version. */
  secrets?: Record<string, string | { disabled: true } | { forbidden: true }>
  /** What Microsoft Graph knows; the double changes them. */
  applications?: AppRegistration[]
}

export const vaultScope = 'https://vault.azure.net/.default'

export function startAzure(options: AzureOptions): Promise<Double> {
  const issued = new Set<string>()
  return startDouble(async (request) => {
    if (request.path.startsWith(`/${options.tenant}/`)) return entra(request, options, issued)
    if (request.path.startsWith('/v1.0/applications')) {
      return graph(request, options.applications ?? [], issued)
    }
    if (request.path.startsWith('/secrets/')) return vault(request, options, issued)
    throw aadError('AADSTS90002', `Tenant '${request.path.split('/')[1]}' not found.`)
  }, options)
}

async function entra(
  request: DoubleRequest,
  options: AzureOptions,
  issued: Set<string>,
): Promise<DoubleAnswer> {
  const origin = `https://${request.headers.host}/${options.tenant}`
  if (request.path.endsWith('/v2.0/.well-known/openid-configuration')) {
    return {
      status: 200,
      body: {
        issuer: `${origin}/v2.0`,
        token_endpoint: `${origin}/oauth2/v2.0/token`,
        authorization_endpoint: `${origin}/oauth2/v2.0/authorize`,
        jwks_uri: `${origin}/discovery/v2.0/keys`,
      },
    }
  }
  if (request.path !== `/${options.tenant}/oauth2/v2.0/token` || request.method !== 'POST') {
    throw new DoubleFault({ status: 404 })
  }
  const fields = fieldsOf(request)
  if (fields.grant_type !== 'client_credentials') throw aadError('AADSTS70003', 'Unsupported grant type.')
  if (fields.client_id !== options.client) {
    throw aadError('AADSTS700016', `Application with identifier '${fields.client_id}' was not found.`)
  }
  await checkProof(fields, options)
  const access_token = `entra.${fields.scope}.${randomUUID()}`
  issued.add(access_token)
  return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token } }
}

async function checkProof(fields: Record<string, unknown>, options: AzureOptions): Promise<void> {
  if (fields.client_assertion === undefined) {
    if (options.clientSecret !== undefined && fields.client_secret === options.clientSecret) return
    throw aadError('AADSTS7000215', 'Invalid client secret provided.')
  }
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  if (fields.client_assertion_type !== type || !options.trust) throw aadError('AADSTS700211', 'No trust.')
  const verified = await verifyIdentity(fields.client_assertion, options.trust)
  if ('fault' in verified) throw refusedAssertion(verified.fault, verified.subject)
}

function refusedAssertion(fault: IdentityFault, subject: string): DoubleFault {
  const none = 'No matching federated identity record found for presented assertion'
  if (fault === 'issuer') return aadError('AADSTS700211', `${none} issuer.`)
  if (fault === 'audience') return aadError('AADSTS700212', `${none} audience.`)
  if (fault === 'subject') return aadError('AADSTS700213', `${none} subject '${subject}'.`)
  if (fault === 'expired')
    return aadError('AADSTS700024', 'Client assertion is not within its valid time range.')
  return aadError('AADSTS700027', 'The certificate used to sign the client assertion is not valid.')
}

function aadError(code: string, message: string): DoubleFault {
  const [trace_id, correlation_id] = [randomUUID(), randomUUID()]
  const timestamp = new Date().toISOString()
  const tail = `Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`
  return new DoubleFault({
    status: 401,
    body: {
      error: 'invalid_client',
      error_description: `${code}: ${message} ${tail}`,
      error_codes: [Number(code.replace('AADSTS', ''))],
      ...{ timestamp, trace_id, correlation_id },
    },
  })
}

function vault(request: DoubleRequest, options: AzureOptions, issued: Set<string>): DoubleAnswer {
  const host = `https://${request.headers.host}`
  const token = bearerOf(request)
  if (token === undefined || !issued.has(token) || !token.includes(vaultScope)) {
    const challenge = `Bearer authorization="${host}/${options.tenant}", resource="https://vault.azure.net"`
    throw new DoubleFault({
      status: 401,
      headers: { 'www-authenticate': challenge },
      body: {
        error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' },
      },
    })
  }
  if (!request.query.has('api-version')) throw vaultError(400, { code: 'BadParameter' })
  const [, , name = '', version] = request.path.split('/')
  const found = options.secrets?.[name]
  if (found === undefined || (version !== undefined && version !== '' && version !== 'v1')) {
    const message = `A secret with (name/id) ${name} was not found in this key vault.`
    throw vaultError(404, { code: 'SecretNotFound', message })
  }
  if (typeof found !== 'string') {
    const code = 'disabled' in found ? 'SecretDisabled' : 'ForbiddenByRbac'
    throw vaultError(403, { code: 'Forbidden', message: 'Forbidden', innererror: { code } })
  }
  const attributes = { enabled: true, created: 1700000000, updated: 1700000000, recoveryLevel: 'Purgeable' }
  return { status: 200, body: { value: found, id: `${host}/secrets/${name}/v1`, attributes, tags: {} } }
}

function vaultError(status: number, error: unknown): DoubleFault {
  return new DoubleFault({ status, body: { error } })
}
