/**
 * `fn::open::gcp-login`: an access token for Google Cloud, by workload identity federation (`oidc`) or from a given
 * token (`accessToken`), which may impersonate a service account (providers.md §2.3).
 */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import { defineProvider } from '../define'
import { identityToken } from '../identity'
import { invalidInputs } from '../parse-inputs'
import { duration, durationSeconds, subjectAttributes } from '../schema'
import { federatedToken } from './federate'
import { impersonate } from './impersonate'

const provider = 'gcp-login'
const id = z.string().min(1)
const serviceAccount = z.string().regex(/^[^/@\s]+@[^/@\s]+$/)
const tokenLifetime = duration
  .optional()
  .meta({ description: 'how long the access token lives; 1h when absent' })

const oidc = z.strictObject({
  workloadPoolId: id.meta({ description: 'id of the workload identity pool' }),
  providerId: id.meta({ description: 'id of the provider in the pool' }),
  serviceAccount: serviceAccount.meta({
    description: 'e-mail address of the service account to impersonate',
  }),
  region: id.optional().meta({ description: 'location of the pool; leave it out, pools are global' }),
  tokenLifetime,
  subjectAttributes,
})

const accessToken = z.strictObject({
  accessToken: z.string().min(1).meta({ description: 'an access token', secret: true }),
  serviceAccount: serviceAccount.optional().meta({ description: 'service account to impersonate with it' }),
  tokenLifetime,
})

const inputs = z.strictObject({
  project: z.number().meta({ description: 'number of the project, not its id' }),
  oidc: oidc.optional().meta({ description: 'log in with an identity token of this environment' }),
  accessToken: accessToken.optional().meta({ description: 'use a given access token' }),
})

/** Also the `login` of the providers that use Google Cloud. */
export const gcpLoginOutputs = z.object({
  accessToken: z.string().meta({
    description: 'for CLOUDSDK_AUTH_ACCESS_TOKEN and GOOGLE_OAUTH_ACCESS_TOKEN',
    secret: true,
  }),
  project: z.number().meta({ description: 'number of the project' }),
  tokenType: z.string().meta({ description: 'Bearer' }),
  expiry: z.string().optional().meta({ description: 'when the access token expires, RFC 3339' }),
})

export const gcpLogin = defineProvider({
  name: provider,
  description: 'An access token for Google Cloud, short-lived by OpenID Connect or given',
  inputs,
  outputs: gcpLoginOutputs,
  async open({ project, oidc: pool, accessToken: given }, context) {
    if (pool && !given) return issued(project, await byIdentity({ project, ...pool }, context))
    if (given && !pool) return issued(project, await byToken(given, context))
    throw invalidInputs(
      provider,
      'exactly one of "oidc" and "accessToken" must be given',
      'Remove one of them, or add the one that is missing.',
    )
  },
})

interface Issued {
  accessToken: string
  expiry?: string
}

function issued(project: number, { accessToken, expiry }: Issued) {
  const output = { accessToken, project, tokenType: 'Bearer', ...(expiry !== undefined && { expiry }) }
  return { output, expiresAt: expiry }
}

async function byIdentity(
  { subjectAttributes, ...pool }: z.output<typeof oidc> & { project: number },
  context: ProviderContext,
): Promise<Issued> {
  const identity = await identityToken({ provider, audiencePrefix: 'gcp', subjectAttributes }, context)
  const federated = await federatedToken(pool, identity, context)
  return impersonate({
    token: federated,
    serviceAccount: pool.serviceAccount,
    lifetimeSeconds: durationSeconds(pool.tokenLifetime ?? '1h'),
    sent: identity.claims,
    context,
  })
}

async function byToken(given: z.output<typeof accessToken>, context: ProviderContext): Promise<Issued> {
  const { accessToken: token, serviceAccount: account, tokenLifetime = '1h' } = given
  if (account === undefined) return { accessToken: token }
  return impersonate({
    token,
    serviceAccount: account,
    lifetimeSeconds: durationSeconds(tokenLifetime),
    context,
  })
}
