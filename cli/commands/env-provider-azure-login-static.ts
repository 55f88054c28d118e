import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { referenceUsage } from './shared/reference-argument'
import { providerOptions, writeProvider } from './shared/write-provider'

export const command = defineCommand({
  usage: `${referenceUsage} <tenant-id> <subscription-id> <client-id> <client-secret>`,
  long: 'Configure azure-login with a client secret, which is encrypted',
  options: { ...providerOptions('azure.login') },
  args: between(4, 5),
  async run(call) {
    return writeProvider(call, {
      name: 'fn::open::azure-login',
      parameters: ['tenant-id', 'subscription-id', 'client-id', 'client-secret'],
      inputs: ([tenantId = '', subscriptionId = '', clientId = '', clientSecret = '']) => ({
        clientId,
        tenantId,
        subscriptionId,
        clientSecret: { 'fn::secret': clientSecret },
      }),
    })
  },
})
