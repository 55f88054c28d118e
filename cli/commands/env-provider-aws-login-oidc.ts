import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { referenceUsage } from './shared/reference-argument'
import { optional, providerOptions, writeProvider } from './shared/write-provider'

export const command = defineCommand({
  usage: `${referenceUsage} <role-arn> <session-name>`,
  long: 'Configure aws-login with short-lived credentials of a role, by OpenID Connect',
  options: {
    ...providerOptions('aws.login'),
    duration: { kind: 'string', help: 'how long the credentials are valid, e.g. 1h' },
    'policy-arn': { kind: 'list', help: 'a policy that limits the session (repeatable)' },
    'subject-attribute': { kind: 'list', help: 'an attribute of the subject of the token (repeatable)' },
  },
  args: between(2, 3),
  async run(call) {
    const { options } = call
    return writeProvider(call, {
      name: 'fn::open::aws-login',
      parameters: ['role-arn', 'session-name'],
      inputs: ([roleArn = '', sessionName = '']) => ({
        oidc: {
          roleArn,
          sessionName,
          ...optional('duration', options.duration),
          ...optional('policyArns', options['policy-arn']),
          ...optional('subjectAttributes', options['subject-attribute']),
        },
      }),
    })
  },
})
