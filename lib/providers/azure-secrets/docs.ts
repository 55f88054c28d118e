import type { ProviderDocs } from '../docs'
import { vaultAdvice } from '.'

export const docs: ProviderDocs = {
  notes:
    'Errors of the login, with a code `AADSTS…`, are those of `azure-login`. Sovereign clouds are not covered.',
  example: `values:
  azure:
    login:
      fn::open::azure-login:
        clientId: 00000000-0000-4000-8000-00000000000a
        tenantId: 00000000-0000-4000-8000-00000000000b
        oidc: true
    secrets:
      fn::open::azure-secrets:
        login: \${azure.login}
        vault: shop-vault
        get:
          database: { name: database }
`,
  errors: vaultAdvice,
}
