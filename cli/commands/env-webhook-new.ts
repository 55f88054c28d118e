import { createWebhook } from '../client/webhooks'
import { Failure } from '../failure'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { checkWebhookFormat, checkWebhookUrl } from './shared/webhook-form'

export const command = defineCommand({
  usage: `${referenceUsage} <display-name>`,
  long: `Create a webhook

The webhook is called for the events and groups of events that you name.`,
  examples: `  esc env webhook new myorg/myproject/dev deploy --url https://example.com/hook --event environment_revision_created`,
  options: {
    url: { kind: 'string', help: 'the address to call' },
    format: {
      kind: 'string',
      default: 'raw',
      help: 'the format of the calls: raw, slack, ms_teams or pulumi_deployments',
    },
    event: { kind: 'list', help: 'an event to call for (repeatable)' },
    group: { kind: 'list', help: 'a group of events to call for (repeatable)' },
    active: { kind: 'boolean', default: true, help: 'whether the webhook is active' },
    secret: { kind: 'string', help: 'the key of the signature of the calls' },
  },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentItself(call, 'new')
    const displayName = rest[0] ?? ''
    if (displayName === '') throw new Failure('USAGE', 'webhook display name cannot be empty')
    if (options.url === '') throw new Failure('USAGE', '--url is required')
    checkWebhookFormat(options.format)
    checkWebhookUrl(options.url, options.format)
    const hook = await createWebhook(session.api, name, {
      displayName,
      payloadUrl: options.url,
      active: options.active,
      format: options.format,
      events: options.event,
      groups: options.group,
      secret: options.secret,
    })
    io.stdout.write(
      `Created webhook ${JSON.stringify(hook.name)} for ${fullName(name)}; use this name to reference the webhook in other commands.\n`,
    )
    return undefined
  },
})
