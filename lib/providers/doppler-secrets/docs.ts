import type { ProviderDocs } from '../docs'
import { dopplerCodes } from '../doppler-login/explain'

export const docs: ProviderDocs = {
  example: `values:
  doppler:
    login:
      fn::open::doppler-login:
        oidc: { identityId: 00000000-0000-4000-8000-00000000000d }
    secrets:
      fn::open::doppler-secrets:
        login: \${doppler.login}
        project: shop
        config: prd
        get:
          database: { name: DATABASE_URL }
`,
  errors: dopplerCodes,
}
