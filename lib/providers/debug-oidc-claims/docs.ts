import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    'Shows what would be claimed, without signing anything. With `identityToken` it shows a token of `oidc`, without it one of the login providers.',
  example: `values:
  claims:
    fn::open::debug-oidc-claims:
      audiencePrefix: aws
      subjectAttributes: [currentEnvironment.name]
`,
  errors: {
    NotEnabled: 'As for `oidc`.',
    NotStored: 'As for `oidc`.',
  },
}
