import type { ProviderDocs } from '../docs'
import { infisicalCodes } from '../infisical-login/site'

export const docs: ProviderDocs = {
  notes:
    '`type: personal` means the override of the machine identity itself, which is rarely what was meant.',
  example: `values:
  infisical:
    login:
      fn::open::infisical-login:
        siteUrl: https://eu.infisical.com
        oidc: { identityId: 00000000-0000-4000-8000-00000000000e }
    secrets:
      fn::open::infisical-secrets:
        login: \${infisical.login}
        get:
          database: { projectId: shop-1, environment: prod, secretKey: DATABASE_URL }
`,
  errors: infisicalCodes,
}
