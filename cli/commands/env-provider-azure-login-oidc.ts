import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { referenceUsage } from './shared/reference-argument'
import { optional, providerOptions, writeProvider } from './shared/write-provider'

export const command = defineCommand({
  usage: `${referenceUsage} <tenant-id> <subscription-id> <client-id>`,
  long: 'Configure azure-login with short-lived credentials, by OpenID Connect',
  options: {
    ...providerOptions('azure.login'),
    'subject-attribute': { kind: 'list', help: 'an attribute of the subject of the token (repeatable)' },
  },
  args: between(3, 4),
  async run(call) {
    return writeProvider(call, {
      name: 'fn::open::azure-login',
      parameters: ['tenant-id', 'subscription-id', 'client-id'],
      inputs: ([tenantId = '', subscriptionId = '', clientId = '']) => ({
        clientId,
        tenantId,
        subscriptionId,
        oidc: true,
        ...optional('subjectAttributes', call.options['subject-attribute']),
      }),
    })
  },
})
