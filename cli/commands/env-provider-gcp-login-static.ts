import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { projectNumber } from './shared/project-number'
import { referenceUsage } from './shared/reference-argument'
import { optional, providerOptions, writeProvider } from './shared/write-provider'

export const command = defineCommand({
  usage: `${referenceUsage} <project-number> <access-token>`,
  long: 'Configure gcp-login with an access token, which is encrypted',
  options: {
    ...providerOptions('gcp.login'),
    'service-account': { kind: 'string', help: 'the service account to act as' },
    'token-lifetime': { kind: 'string', help: 'how long the tokens are valid, e.g. 1h' },
  },
  args: between(2, 3),
  async run(call) {
    const { options } = call
    return writeProvider(call, {
      name: 'fn::open::gcp-login',
      parameters: ['project-number', 'access-token'],
      inputs: ([project = '', accessToken = '']) => ({
        project: projectNumber(project),
        accessToken: {
          accessToken: { 'fn::secret': accessToken },
          ...optional('serviceAccount', options['service-account']),
          ...optional('tokenLifetime', options['token-lifetime']),
        },
      }),
    })
  },
})
