import type { ProviderDocs } from '../docs'
import { secretManagerAdvice } from '.'

export const docs: ProviderDocs = {
  notes: 'The checksum of every secret is verified.',
  example: `values:
  gcp:
    login:
      fn::open::gcp-login:
        project: 123456789012
        oidc:
          workloadPoolId: openesc
          providerId: openesc
          serviceAccount: openesc@shop.iam.gserviceaccount.com
    secrets:
      fn::open::gcp-secrets:
        login: \${gcp.login}
        access:
          database: { name: database }
          before: { name: database, version: 1 }
`,
  errors: secretManagerAdvice,
}
