import type { ProviderDocs } from '../docs'
import { exchangeAdvice } from './federate'
import { impersonationAdvice } from './impersonate'

export const docs: ProviderDocs = {
  notes: '`project` is the number of the project. Google takes subjects of at most 127 characters.',
  example: `values:
  gcp:
    login:
      fn::open::gcp-login:
        project: 123456789012
        oidc:
          workloadPoolId: openesc
          providerId: openesc
          serviceAccount: openesc@shop.iam.gserviceaccount.com
  environmentVariables:
    CLOUDSDK_AUTH_ACCESS_TOKEN: \${gcp.login.accessToken}
    GOOGLE_OAUTH_ACCESS_TOKEN: \${gcp.login.accessToken}
    GOOGLE_PROJECT: \${gcp.login.project}
`,
  errors: { ...exchangeAdvice, ...impersonationAdvice },
}
