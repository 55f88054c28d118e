/**
 * `fn::open::infisical-login`: an access token of Infisical for an identity token of this environment (`oidc`) or for a
 * client secret of universal auth (`static`) (providers.md §2.6).
 */
import * as z from 'zod'
import type { ProviderContext } from '@/lib/language'
import type { IdentityClaims } from '@/lib/oidc/token'
import { defineProvider } from '../define'
import { identityToken } from '../identity'
import { invalidInputs } from '../parse-inputs'
import { subjectAttributes } from '../schema'
import { type CallContext, callService, jsonBody } from '../service/call'
import { explainInfisical, siteUrl, siteWords, urlAt } from './site'

const provider = 'infisical-login'

const oidc = z.strictObject({
  identityId: z.string().min(1).meta({ description: 'id of the machine identity' }),
  subjectAttributes,
})

const fixed = z.strictObject({
  clientId: z.string().min(1).meta({ description: 'client id of universal auth' }),
  clientSecret: z.string().min(1).meta({ description: 'client secret of universal auth', secret: true }),
})

const inputs = z.strictObject({
  siteUrl: siteUrl.optional(),
  oidc: oidc.optional().meta({ description: 'log in with an identity token of this environment' }),
  static: fixed.optional().meta({ description: 'log in with universal auth' }),
})

/** Also the `login` of `infisical-secrets`. */
export const infisicalLoginOutputs = z.object({
  accessToken: z.string().meta({ description: 'for INFISICAL_TOKEN', secret: true }),
  siteUrl: siteUrl.optional(),
})

export const infisicalLogin = defineProvider({
  name: provider,
  description: 'A short-lived access token of Infisical, by OpenID Connect or universal auth',
  inputs,
  outputs: infisicalLoginOutputs,
  async open({ siteUrl: site, oidc: identity, static: credentials }, context) {
    if (identity && !credentials) return issued(site, await byIdentity(site, identity, context))
    if (credentials && !identity) return issued(site, await bySecret(site, credentials, context))
    throw invalidInputs(
      provider,
      'exactly one of "oidc" and "static" must be given',
      'Remove one of them, or add the one that is missing.',
    )
  },
})

const answer = z.object({ accessToken: z.string().min(1), expiresIn: z.number().positive() })

function issued(site: string | undefined, { accessToken, expiresIn }: z.output<typeof answer>) {
  const expiresAt = new Date(Date.now() + expiresIn * 1000).toISOString()
  return { output: { accessToken, ...(site !== undefined && { siteUrl: site }) }, expiresAt }
}

async function byIdentity(
  site: string | undefined,
  { identityId, subjectAttributes }: z.output<typeof oidc>,
  context: ProviderContext,
) {
  const request = { provider, audiencePrefix: 'infisical', subjectAttributes }
  const { token, claims } = await identityToken(request, context)
  return logIn(
    { site, method: 'oidc-auth', body: { identityId, jwt: token }, secrets: [token], sent: claims },
    context,
  )
}

function bySecret(
  site: string | undefined,
  { clientId, clientSecret }: z.output<typeof fixed>,
  context: ProviderContext,
) {
  const body = { clientId, clientSecret }
  return logIn({ site, method: 'universal-auth', body, secrets: [clientSecret] }, context)
}

interface LogIn {
  site: string | undefined
  method: 'oidc-auth' | 'universal-auth'
  body: Record<string, string>
  secrets: string[]
  sent?: IdentityClaims
}

function logIn({ site, method, body, secrets, sent }: LogIn, context: CallContext) {
  return callService({
    provider,
    service: 'Infisical',
    url: urlAt(site, ['api', 'v1', 'auth', method, 'login']),
    method: 'POST',
    body: jsonBody(body),
    answer,
    explain: (refused) =>
      explainInfisical(refused, `Compare the machine identity with what was sent. ${siteWords(site)}`),
    secrets,
    sent,
    context,
  })
}
