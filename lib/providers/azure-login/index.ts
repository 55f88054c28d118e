/**
 * `fn::open::azure-login`: what tools and providers need to log in to Microsoft Entra – an identity token of this
 * environment, or a client secret. Nobody is called here: whoever uses the login trades it (providers.md §2.2).
 */
import * as z from 'zod'
import { defineProvider } from '../define'
import type { ProviderFailure } from '../failure'
import { identityToken } from '../identity'
import { invalidInputs } from '../parse-inputs'
import { subjectAttributes } from '../schema'

const inputs = z.strictObject({
  clientId: z.string().min(1).meta({ description: 'application (client) id of the app registration' }),
  tenantId: z.string().min(1).meta({ description: 'directory (tenant) id' }),
  subscriptionId: z.string().optional().meta({ description: 'for ARM_SUBSCRIPTION_ID' }),
  clientSecret: z.string().optional().meta({ description: 'log in with a client secret', secret: true }),
  oidc: z.boolean().optional().meta({ description: 'log in with an identity token of this environment' }),
  subjectAttributes,
})

/** Also the `login` of the providers and rotators that use Azure. */
export const azureLoginOutputs = z.object({
  clientId: z.string().meta({ description: 'for ARM_CLIENT_ID and AZURE_CLIENT_ID' }),
  tenantId: z.string().meta({ description: 'for ARM_TENANT_ID and AZURE_TENANT_ID' }),
  subscriptionId: z.string().optional().meta({ description: 'for ARM_SUBSCRIPTION_ID' }),
  clientSecret: z.string().optional().meta({ description: 'for ARM_CLIENT_SECRET', secret: true }),
  oidc: z
    .object({ token: z.string().meta({ description: 'for ARM_OIDC_TOKEN' }) })
    .optional()
    .meta({ secret: true }),
})

export type AzureLogin = z.output<typeof azureLoginOutputs>

export const azureLogin = defineProvider({
  name: 'azure-login',
  description: 'A login to Microsoft Azure, by OpenID Connect or with a client secret',
  inputs,
  outputs: azureLoginOutputs,
  async open({ oidc = false, subjectAttributes, ...ids }, context) {
    if (oidc === (ids.clientSecret !== undefined)) throw oneModeOnly()
    if (!oidc) return { output: ids }
    const request = { provider: 'azure-login', audiencePrefix: 'azure', subjectAttributes }
    const { token, expiresAt } = await identityToken(request, context)
    return { output: { ...ids, oidc: { token } }, expiresAt }
  },
})

function oneModeOnly(): ProviderFailure {
  return invalidInputs(
    'azure-login',
    'exactly one of "oidc: true" and "clientSecret" must be given',
    'Remove one of them, or add the one that is missing.',
  )
}
