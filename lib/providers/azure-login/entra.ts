/** Trades an `azure-login` for an access token of Microsoft Entra (providers.md §2.2). */
import * as z from 'zod'
import { invalidInputs } from '../parse-inputs'
import { type CallContext, callService, type Explanation, formBody, type Refused } from '../service/call'
import { claimsOf } from '../service/claims-of'
import { serviceUrl } from '../service/endpoint'
import type { AzureLogin } from '.'

export interface EntraRequest {
  /** The provider or rotator that uses the login. */
  provider: string
  /** For example `https://vault.azure.net/.default`. */
  scope: string
  context: CallContext
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number().optional() })
const refusal = z.object({ error: z.string(), error_description: z.string().default('') })

/**
 * @returns a bearer token for the scope
 * @throws ProviderFailure with the code `AADSTS…`, which names the login
 */
export async function entraToken(
  login: AzureLogin,
  { provider, scope, context }: EntraRequest,
): Promise<string> {
  const { access_token } = await callService({
    provider,
    service: 'Microsoft Entra',
    url: serviceUrl('https://login.microsoftonline.com', [login.tenantId, 'oauth2', 'v2.0', 'token']),
    method: 'POST',
    body: formBody({
      grant_type: 'client_credentials',
      client_id: login.clientId,
      scope,
      ...proofOf(login, provider),
    }),
    answer,
    explain: explainEntra,
    secrets: [login.clientSecret ?? '', login.oidc?.token ?? ''],
    sent: claimsOf(login.oidc?.token),
    context,
  })
  return access_token
}

function proofOf({ oidc, clientSecret }: AzureLogin, provider: string): Record<string, string> {
  if (oidc) {
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: oidc.token,
    }
  }
  if (clientSecret !== undefined) return { client_secret: clientSecret }
  throw invalidInputs(
    provider,
    'the login holds neither an identity token nor a client secret',
    'Use the output of azure-login as login.',
  )
}

const issuerAdvice =
  'In the app registration, add a federated credential with exactly the issuer, subject and audience that were sent: Azure compares whole texts, case-sensitively and without wildcards.'

/** What to do, by Microsoft Entra's code. */
export const entraAdvice: Readonly<Record<string, string>> = {
  AADSTS700211: issuerAdvice,
  AADSTS700212: issuerAdvice,
  AADSTS700213: issuerAdvice,
  AADSTS70021: issuerAdvice,
  AADSTS700024:
    'The identity token was outside its validity. Check the clock of this server, and open again.',
  AADSTS7000215: 'The client secret is wrong: use the value of the secret, not its id.',
  AADSTS7000222: 'The client secret has expired: make a new one in the app registration.',
  AADSTS700016: 'Check clientId: no such application in this tenant.',
  AADSTS90002: 'Check tenantId: no such tenant.',
  AADSTS900023: 'Check tenantId: it is neither an id nor a domain name.',
  AADSTS50166:
    'Microsoft Entra could not fetch the keys of the issuer: it must be reachable from the internet.',
}

/** The first sentence of a description says what is wrong; what follows is for Microsoft's support. */
function explainEntra({ body }: Refused): Explanation | undefined {
  const parsed = refusal.safeParse(body)
  if (!parsed.success) return undefined
  const { error, error_description: description } = parsed.data
  const code = /^AADSTS\d+/.exec(description)?.[0] ?? error
  const [sentence = ''] = description.replace(/^AADSTS\d+:\s*/, '').split(/\s*(?:Trace ID:|https:\/\/)/)
  return {
    code,
    answer: sentence.replace(/\.\s*$/, '') || 'Microsoft Entra refused the azure-login',
    advice: entraAdvice[code] ?? 'Check the azure-login that this login comes from.',
  }
}
