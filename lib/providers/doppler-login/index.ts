/** `fn::open::doppler-login`: an access token of Doppler for an identity token of this environment (providers.md §2.5). */
import * as z from 'zod'
import { defineProvider } from '../define'
import { identityToken } from '../identity'
import { subjectAttributes } from '../schema'
import { callService, jsonBody } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import { dopplerOrigin, explainDoppler } from './explain'

const provider = 'doppler-login'

const inputs = z.strictObject({
  oidc: z
    .strictObject({
      identityId: z
        .string()
        .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/)
        .meta({ description: 'id of the service account identity' }),
      subjectAttributes,
    })
    .meta({ description: 'log in with an identity token of this environment' }),
})

/** Also the `login` of `doppler-secrets`. */
export const dopplerLoginOutputs = z.object({
  accessToken: z.string().meta({ description: 'for DOPPLER_TOKEN', secret: true }),
})

const answer = z.object({ token: z.string().min(1), expires_at: z.iso.datetime({ offset: true }).optional() })

export const dopplerLogin = defineProvider({
  name: provider,
  description: 'A short-lived access token of Doppler, by OpenID Connect',
  inputs,
  outputs: dopplerLoginOutputs,
  async open({ oidc: { identityId, subjectAttributes } }, context) {
    const identity = await identityToken({ provider, audiencePrefix: 'doppler', subjectAttributes }, context)
    const { token, expires_at } = await callService({
      provider,
      service: 'Doppler',
      url: serviceUrl(dopplerOrigin, ['v3', 'auth', 'oidc']),
      method: 'POST',
      body: jsonBody({ identity: identityId, token: identity.token }),
      answer,
      explain: (refused) =>
        explainDoppler(
          refused,
          'Compare issuer, subject and audience of the service account identity with what was sent.',
        ),
      secrets: [identity.token],
      sent: identity.claims,
      context,
    })
    return { output: { accessToken: token }, expiresAt: expires_at }
  },
})
