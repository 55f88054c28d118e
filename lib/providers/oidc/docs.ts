import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    'The output is the token itself. Its issuer is `<OPENESC_URL>/oidc/v2`, with keys of its own; its subject is `pulumi:org:<organization id>:env:<environment id>` and cannot be changed. Every token is recorded in the audit log.',
  example: `values:
  registry:
    token:
      fn::open::oidc:
        audience: registry.example.com
        identityToken: { version: v2 }
        duration: 15m
`,
  errors: {
    NotEnabled: 'An administrator can turn on identity tokens in the settings of the organization.',
    NotStored: 'Save the environment, and import it where it is needed.',
  },
}
