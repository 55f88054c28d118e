import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    'A `StringList` becomes a list. Without `decrypt: true` a `SecureString` is given as its ciphertext.',
  example: `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          roleArn: arn:aws:iam::123456789012:role/openesc
          sessionName: openesc
          duration: 1h
    parameters:
      fn::open::aws-parameter-store:
        login: \${aws.login}
        region: eu-central-1
        get:
          url: { name: /shop/url }
          password: { name: /shop/password, decrypt: true }
`,
  errors: {
    ParameterNotFound: 'Check the name, the region and the account.',
    ParameterVersionNotFound: 'Check the version or label after the colon in the name.',
    AccessDeniedException:
      'Give the role or user of `login` the permission that the message names, also on the KMS key.',
  },
}
