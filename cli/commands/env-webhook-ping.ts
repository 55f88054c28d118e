import { pingWebhook } from '../client/webhooks'
import { inert } from '../output/inert'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { checkWebhookName } from './shared/webhook-form'

export const command = defineCommand({
  usage: `${referenceUsage} <webhook-name>`,
  long: 'Call a webhook once, to see whether it answers',
  options: {},
  args: exactly(2),
  async run(call) {
    const { session, name, rest } = await environmentItself(call, 'ping')
    const delivery = await pingWebhook(session.api, name, checkWebhookName(rest[0]))
    call.io.stdout.write(`ID: ${inert(delivery.id)}
Kind: ${inert(delivery.kind)}
Response code: ${delivery.responseCode}
Duration (ms): ${delivery.duration}
`)
    return undefined
  },
})
