import { deleteWebhook } from '../client/webhooks'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { checkWebhookName } from './shared/webhook-form'

export const command = defineCommand({
  usage: `${referenceUsage} <webhook-name>`,
  long: 'Remove a webhook',
  options: {},
  args: exactly(2),
  async run(call) {
    const { session, name, rest } = await environmentItself(call, 'rm')
    const hook = checkWebhookName(rest[0])
    await deleteWebhook(session.api, name, hook)
    call.io.stdout.write(`Removed webhook ${hook} from ${fullName(name)}\n`)
    return undefined
  },
})
