import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { projectNumber } from './shared/project-number'
import { referenceUsage } from './shared/reference-argument'
import { optional, providerOptions, writeProvider } from './shared/write-provider'

export const command = defineCommand({
  usage: `${referenceUsage} <project-number>`,
  long: 'Configure gcp-login with short-lived credentials of a service account, by OpenID Connect',
  options: {
    ...providerOptions('gcp.login'),
    'workload-pool-id': { kind: 'string', required: true, help: 'the workload identity pool' },
    'provider-id': { kind: 'string', required: true, help: 'the provider in the pool' },
    'service-account': { kind: 'string', required: true, help: 'the service account to act as' },
    region: { kind: 'string', help: 'the region of the pool' },
    'token-lifetime': { kind: 'string', help: 'how long the tokens are valid, e.g. 1h' },
    'subject-attribute': { kind: 'list', help: 'an attribute of the subject of the token (repeatable)' },
  },
  args: between(1, 2),
  async run(call) {
    const { options } = call
    return writeProvider(call, {
      name: 'fn::open::gcp-login',
      parameters: ['project-number'],
      inputs: ([project = '']) => ({
        project: projectNumber(project),
        oidc: {
          workloadPoolId: options['workload-pool-id'],
          providerId: options['provider-id'],
          serviceAccount: options['service-account'],
          ...optional('region', options.region),
          ...optional('tokenLifetime', options['token-lifetime']),
          ...optional('subjectAttributes', options['subject-attribute']),
        },
      }),
    })
  },
})
