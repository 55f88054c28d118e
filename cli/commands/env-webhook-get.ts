import { readWebhook, type Webhook } from '../client/webhooks'
import { inert } from '../output/inert'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { checkWebhookName } from './shared/webhook-form'

export const command = defineCommand({
  usage: `${referenceUsage} <webhook-name>`,
  long: 'Get a webhook',
  options: { ...outputOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name, rest } = await environmentItself(call, 'get')
    const hook = await readWebhook(session.api, name, checkWebhookName(rest[0]))
    if (output === 'json') printJson(io, webhookJson(hook))
    else io.stdout.write(webhookText(hook))
    return undefined
  },
})

function webhookText(hook: Webhook): string {
  return `Name: ${inert(hook.name)}
Display name: ${inert(hook.displayName)}
URL: ${inert(hook.payloadUrl)}
Active: ${hook.active}
Format: ${inert(hook.format) || '-'}
Events: ${inert(hook.events.join(', ')) || '-'}
Event groups: ${inert(hook.groups.join(', ')) || '-'}
Has secret: ${hook.hasSecret}
`
}

function webhookJson({ name, displayName, payloadUrl, active, format, events, groups, hasSecret }: Webhook) {
  return {
    name,
    displayName,
    payloadUrl,
    active,
    format: format || undefined,
    events: events.length > 0 ? events : undefined,
    eventGroups: groups.length > 0 ? groups : undefined,
    hasSecret,
  }
}
