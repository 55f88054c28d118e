import type { ProviderDocs } from '../docs'
import { dopplerCodes } from './explain'

export const docs: ProviderDocs = {
  example: `values:
  doppler:
    login:
      fn::open::doppler-login:
        oidc: { identityId: 00000000-0000-4000-8000-00000000000d }
  environmentVariables:
    DOPPLER_TOKEN: \${doppler.login.accessToken}
`,
  errors: dopplerCodes,
}
