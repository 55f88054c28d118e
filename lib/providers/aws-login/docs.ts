import type { ProviderDocs } from '../docs'
import { stsAdvice } from './explain'

export const docs: ProviderDocs = {
  notes:
    "The role's trust policy must accept the subject and the audience that *Identity*, in the editor, shows. A new role lets sessions live one hour at most, so write `duration: 1h` or raise its maximum.",
  example: `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          roleArn: arn:aws:iam::123456789012:role/openesc
          sessionName: openesc
          duration: 1h
  environmentVariables:
    AWS_ACCESS_KEY_ID: \${aws.login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${aws.login.secretAccessKey}
    AWS_SESSION_TOKEN: \${aws.login.sessionToken}
`,
  errors: stsAdvice,
}
