import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes: 'Binary secrets are given as base64.',
  example: `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          roleArn: arn:aws:iam::123456789012:role/openesc
          sessionName: openesc
          duration: 1h
    secrets:
      fn::open::aws-secrets:
        login: \${aws.login}
        region: eu-central-1
        get:
          database: { secretId: shop/database }
  # Secrets that hold JSON arrive as one text.
  database:
    fn::fromJSON: \${aws.secrets.database}
`,
  errors: {
    ResourceNotFoundException: 'Check the name, the region and the account.',
    AccessDeniedException:
      'Give the role or user of `login` the permission that the message names, also on the KMS key.',
    InvalidRequestException: 'The secret cannot be read in its state; perhaps it is scheduled for deletion.',
    DecryptionFailure: 'Allow the login to use the KMS key, and check that the key is enabled.',
  },
}
