import type { ProviderDocs } from '../docs'
import { entraAdvice } from './entra'

export const docs: ProviderDocs = {
  notes:
    'Nobody is called at login: Microsoft Entra answers whoever uses the login, so its errors are told there.',
  example: `values:
  azure:
    login:
      fn::open::azure-login:
        clientId: 00000000-0000-4000-8000-00000000000a
        tenantId: 00000000-0000-4000-8000-00000000000b
        subscriptionId: 00000000-0000-4000-8000-00000000000c
        oidc: true
  environmentVariables:
    ARM_USE_OIDC: 'true'
    ARM_CLIENT_ID: \${azure.login.clientId}
    ARM_TENANT_ID: \${azure.login.tenantId}
    ARM_SUBSCRIPTION_ID: \${azure.login.subscriptionId}
    ARM_OIDC_TOKEN: \${azure.login.oidc.token}
`,
  errors: entraAdvice,
}
