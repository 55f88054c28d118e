/**
 * `fn::open::vault-login`: a token of HashiCorp Vault or OpenBao, by an identity token of this environment (`jwt`) or as
 * the child of a given token (`token`); the given token itself is never handed out (providers.md §2.4).
 */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { defineProvider } from '../define'
import { identityToken } from '../identity'
import { invalidInputs } from '../parse-inputs'
import { duration, subjectAttributes } from '../schema'
import { requestVault, vaultAddress } from './request'

const provider = 'vault-login'
const mount = z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/)

const jwt = z.strictObject({
  role: z.string().min(1).meta({ description: 'the role to log in as' }),
  mount: mount.optional().meta({ description: 'where the auth method is mounted; jwt when absent' }),
  subjectAttributes,
})

const token = z.strictObject({
  token: z.string().min(1).meta({ description: 'the parent token', secret: true }),
  displayName: z.string().optional().meta({ description: 'name of the child token; pulumi when absent' }),
  maxTtl: duration.optional().meta({ description: 'how long the child token lives at most; 2h when absent' }),
  policies: z.array(z.string()).optional().meta({ description: 'policies of the child token' }),
  metadata: z.record(z.string(), z.string()).optional().meta({ description: 'metadata of the child token' }),
})

const inputs = z.strictObject({
  address: vaultAddress,
  namespace: z.string().min(1).optional().meta({ description: 'namespace to log in to' }),
  jwt: jwt.optional().meta({ description: 'log in with an identity token of this environment' }),
  token: token.optional().meta({ description: 'make a child of a given token' }),
})

/** Also the `login` of `vault-secrets`. */
export const vaultLoginOutputs = z.object({
  address: z.string().meta({ description: 'for VAULT_ADDR' }),
  token: z.string().meta({ description: 'for VAULT_TOKEN', secret: true }),
  namespace: z.string().optional().meta({ description: 'for VAULT_NAMESPACE' }),
})

export const vaultLogin = defineProvider({
  name: provider,
  description: 'A token of HashiCorp Vault or OpenBao, by OpenID Connect or from a parent token',
  inputs,
  outputs: vaultLoginOutputs,
  async open({ jwt: role, token: parent, ...server }, context) {
    if (role && !parent) return issued(server, await byIdentity(server, role, context))
    if (parent && !role) return issued(server, await childToken(server, parent, context))
    throw invalidInputs(
      provider,
      'exactly one of "jwt" and "token" must be given',
      'Remove one of them, or add the one that is missing.',
    )
  },
})

interface Server {
  address: string
  namespace?: string | undefined
}

const answer = z.object({
  auth: z.object({ client_token: z.string().min(1), lease_duration: z.number().default(0) }),
})

type Answer = z.output<typeof answer>

function issued(server: Server, { auth }: Answer) {
  const expires = auth.lease_duration > 0 ? new Date(Date.now() + auth.lease_duration * 1000) : undefined
  return { output: { ...server, token: auth.client_token }, expiresAt: expires?.toISOString() }
}

async function byIdentity(
  server: Server,
  { role, mount: path = 'jwt', subjectAttributes }: z.output<typeof jwt>,
  context: ProviderContext,
): Promise<Answer> {
  const identity = await identityToken({ provider, audiencePrefix: 'vault', subjectAttributes }, context)
  return requestVault({
    provider,
    server,
    path: `auth/${path}/login`,
    body: { role, jwt: identity.token },
    answer,
    secrets: [identity.token],
    sent: identity.claims,
    advice:
      "Compare the role's bound_audiences, bound_subject and bound_claims with what was sent; a role must list bound_audiences. Check mount and role.",
    context,
  })
}

async function childToken(
  server: Server,
  parent: z.output<typeof token>,
  context: ProviderContext,
): Promise<Answer> {
  const { displayName = 'pulumi', maxTtl = '2h', policies, metadata } = parent
  return requestVault({
    provider,
    server,
    path: 'auth/token/create',
    token: parent.token,
    body: {
      display_name: displayName,
      explicit_max_ttl: maxTtl,
      ...(policies && { policies }),
      ...(metadata && { meta: metadata }),
    },
    answer,
    secrets: [parent.token],
    advice: 'Check the parent token, and that it may create tokens with these policies.',
    context,
  })
}
