/** The HTTP interface that HashiCorp Vault and OpenBao share. */
import * as z from 'zod'
import type { IdentityClaims } from '@/lib/oidc/token'
import { type CallContext, callService, type Explanation, jsonBody, type Refused } from '../service/call'
import { serviceUrl } from '../service/endpoint'

/** Scheme and host only; http is for a Vault on this machine alone. */
export const vaultAddress = z
  .string()
  .regex(/^https?:\/\/[^/?#@\s]+\/?$/)
  .meta({ description: 'address of the server: scheme and host, no path' })

export interface VaultRequest<T> {
  provider: string
  server: { address: string; namespace?: string | undefined }
  /** Below `/v1/`; each of its parts is encoded. */
  path: string
  token?: string
  /** Makes it a write. */
  body?: unknown
  answer: z.ZodType<T>
  secrets: readonly string[]
  sent?: IdentityClaims
  /** What to do when the answer is neither about the role nor about the mount. */
  advice: string
  context: CallContext
}

/** @throws ProviderFailure `InvalidRequest`, `PermissionDenied`, `NotFound`, `Sealed` */
export function requestVault<T>(request: VaultRequest<T>): Promise<T> {
  const { provider, server, path, token, body, answer, secrets, sent, advice, context } = request
  return callService({
    provider,
    service: 'Vault',
    url: serviceUrl(new URL(server.address).origin, ['v1', ...path.split('/')]),
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-vault-request': 'true',
      ...(token !== undefined && { 'x-vault-token': token }),
      ...(server.namespace !== undefined && { 'x-vault-namespace': server.namespace }),
    },
    ...(body !== undefined && { body: jsonBody(body) }),
    answer,
    explain: (refused) => explainVault(refused, advice),
    secrets,
    sent,
    context,
  })
}

/** What to do, by code; where the answer itself says more, that is told instead. */
export const vaultCodes: Readonly<Record<string, string>> = {
  InvalidRequest: 'Compare the role with what was sent.',
  PermissionDenied: 'Check the token, and that a policy allows the path.',
  NotFound: 'Check address, namespace and path; the path of a KV v2 secret holds /data/.',
  Sealed: 'Unseal the server, then open again.',
}

const refusal = z.object({ errors: z.array(z.string()) })

const codes: Record<number, string> = {
  400: 'InvalidRequest',
  403: 'PermissionDenied',
  404: 'NotFound',
  503: 'Sealed',
}

function explainVault({ status, body }: Refused, advice: string): Explanation | undefined {
  const code = codes[status]
  const parsed = refusal.safeParse(body)
  if (!parsed.success || code === undefined) return undefined
  const said = parsed.data.errors.join('; ')
  return {
    code,
    answer: said || `Vault answered with status ${status}`,
    advice: adviceFor(code, said) ?? advice,
  }
}

function adviceFor(code: string, said: string): string | undefined {
  if (code === 'Sealed') return vaultCodes.Sealed
  if (/no handler for route/.test(said)) return 'Nothing is mounted there: check the mount and the path.'
  if (code === 'NotFound')
    return 'Check address, namespace and path; the path of a KV v2 secret holds /data/.'
  return undefined
}
