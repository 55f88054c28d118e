import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { referenceUsage } from './shared/reference-argument'
import { providerOptions, writeProvider } from './shared/write-provider'

export const command = defineCommand({
  usage: `${referenceUsage} <access-key-id> <secret-access-key>`,
  long: 'Configure aws-login with static credentials. The secret parts are encrypted.',
  options: {
    ...providerOptions('aws.login'),
    'session-token': { kind: 'string', help: 'the session token, if any' },
  },
  args: between(2, 3),
  async run(call) {
    const token = call.options['session-token']
    return writeProvider(call, {
      name: 'fn::open::aws-login',
      parameters: ['access-key-id', 'secret-access-key'],
      inputs: ([accessKeyId = '', secretAccessKey = '']) => ({
        static: {
          accessKeyId,
          secretAccessKey: { 'fn::secret': secretAccessKey },
          ...(token ? { sessionToken: { 'fn::secret': token } } : {}),
        },
      }),
    })
  },
})
