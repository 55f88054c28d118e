import type { ProviderDocs } from '../docs'
import { infisicalCodes } from './site'

export const docs: ProviderDocs = {
  notes: 'Without `siteUrl` the cloud in the United States is called.',
  example: `values:
  infisical:
    login:
      fn::open::infisical-login:
        siteUrl: https://eu.infisical.com
        oidc: { identityId: 00000000-0000-4000-8000-00000000000e }
  environmentVariables:
    INFISICAL_TOKEN: \${infisical.login.accessToken}
`,
  errors: infisicalCodes,
}
