/** The few calls of Microsoft Graph that manage client secrets. */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import type { AzureLogin } from '@/lib/providers/azure-login'
import { entraToken } from '@/lib/providers/azure-login/entra'
import { ProviderFailure } from '@/lib/providers/failure'
import { callService, type Explanation, jsonBody, type Refused } from '@/lib/providers/service/call'
import { serviceUrl } from '@/lib/providers/service/endpoint'

const provider = 'azure-app-secret'
const scope = 'https://graph.microsoft.com/.default'
const base = ['v1.0', 'applications'] as const

export interface GraphCaller {
  token: string
  context: ProviderContext
}

/** @throws ProviderFailure */
export async function graphCaller(login: AzureLogin, context: ProviderContext): Promise<GraphCaller> {
  return { token: await entraToken(login, { provider, scope, context }), context }
}

const credentials = z.array(z.object({ keyId: z.string(), displayName: z.string().nullish() }))
const applications = z.object({
  value: z.array(z.object({ id: z.string(), passwordCredentials: credentials })),
})

/** @throws ProviderFailure `NotFound` */
export async function findApplication(caller: GraphCaller, clientId: string) {
  const query = { $filter: `appId eq '${clientId}'`, $select: 'id,passwordCredentials' }
  const { value } = await call(caller, { path: base, query, answer: applications })
  const [found] = value
  if (found) {
    const secrets = found.passwordCredentials.map(({ keyId, displayName }) => ({
      id: keyId,
      label: displayName ?? '',
    }))
    return { id: found.id, secrets }
  }
  throw new ProviderFailure({
    provider,
    code: 'NotFound',
    answer: 'there is no app registration with this clientId',
    advice: 'Check clientId, and that the login belongs to the tenant of the app registration.',
  })
}

const added = z.object({
  keyId: z.string(),
  secretText: z.string(),
  startDateTime: z.string().optional(),
  endDateTime: z.string().optional(),
})

/** Azure tells the text this once. @throws ProviderFailure */
export async function addPassword(
  caller: GraphCaller,
  application: string,
  passwordCredential: { displayName: string; endDateTime: string },
) {
  const path = [...base, application, 'addPassword']
  const { keyId, secretText, startDateTime, endDateTime } = await call(caller, {
    path,
    body: { passwordCredential },
    answer: added,
    makesNew: true,
  })
  return {
    secretId: keyId,
    secretValue: secretText,
    createdAt: startDateTime ?? new Date().toISOString(),
    expiresAt: endDateTime ?? passwordCredential.endDateTime,
  }
}

/** One that is gone already is as good as removed. @throws ProviderFailure */
export async function removePassword(caller: GraphCaller, application: string, keyId: string): Promise<void> {
  const path = [...base, application, 'removePassword']
  try {
    await call(caller, { path, body: { keyId }, answer: z.unknown() })
  } catch (error) {
    if (!(error instanceof ProviderFailure) || !/no password credential found/i.test(error.refusal.answer))
      throw error
  }
}

interface GraphCall<T> {
  path: readonly string[]
  query?: Record<string, string>
  body?: unknown
  answer: z.ZodType<T>
  makesNew?: true
}

function call<T>(
  { token, context }: GraphCaller,
  { path, query, body, answer, makesNew }: GraphCall<T>,
): Promise<T> {
  return callService({
    provider,
    service: 'Microsoft Graph',
    url: serviceUrl('https://graph.microsoft.com', path, query),
    ...(makesNew && { makesNew }),
    ...(body === undefined ? {} : { method: 'POST' as const, body: jsonBody(body) }),
    headers: { authorization: `Bearer ${token}` },
    answer,
    explain: explainGraph,
    secrets: [token],
    context,
  })
}

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string().default('') }) })

const advice: Record<string, string> = {
  Authorization_RequestDenied:
    'Give the login Application.ReadWrite.OwnedBy and make it an owner of the app registration, or give it Application.ReadWrite.All; an administrator must consent.',
  Request_ResourceNotFound: 'Check clientId.',
  InvalidAuthenticationToken: 'Check the azure-login.',
}

function explainGraph({ body }: Refused): Explanation | undefined {
  const { error } = refusal.safeParse(body).data ?? {}
  if (!error) return undefined
  return {
    code: error.code,
    answer: error.message.replace(/\.$/, '') || 'Microsoft Graph refused the call',
    advice: advice[error.code] ?? 'Check clientId and what the login may do.',
  }
}
