import { readWebhook, updateWebhook, type Webhook, type WebhookFields } from '../client/webhooks'
import { Failure } from '../failure'
import { exactly } from '../parse/arguments'
import { type Call, defineCommand } from '../parse/command'
import { fullName } from '../reference/reference'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import {
  changedList,
  checkListOptions,
  checkWebhookFormat,
  checkWebhookName,
  checkWebhookUrl,
  type ListChange,
} from './shared/webhook-form'

const options = {
  'display-name': { kind: 'string', help: 'the new display name' },
  url: { kind: 'string', help: 'the new address' },
  format: { kind: 'string', help: 'the new format: raw, slack, ms_teams or pulumi_deployments' },
  event: { kind: 'list', help: 'replace the events by these (repeatable)' },
  'add-event': { kind: 'list', help: 'an event to add (repeatable)' },
  'remove-event': { kind: 'list', help: 'an event to remove (repeatable)' },
  group: { kind: 'list', help: 'replace the groups of events by these (repeatable)' },
  'add-group': { kind: 'list', help: 'a group of events to add (repeatable)' },
  'remove-group': { kind: 'list', help: 'a group of events to remove (repeatable)' },
  active: { kind: 'boolean', default: true, help: 'whether the webhook is active' },
  secret: { kind: 'string', help: 'the new key of the signature' },
  'remove-secret': { kind: 'boolean', help: 'sign the calls no more' },
} as const

type EditCall = Pick<Call<typeof options>, 'options' | 'given'>

export const command = defineCommand({
  usage: `${referenceUsage} <webhook-name>`,
  long: 'Change a webhook. What no option names stays as it is.',
  options,
  args: exactly(2),
  async run(call) {
    const { io } = call
    const { session, name, rest } = await environmentItself(call, 'edit')
    const hook = checkWebhookName(rest[0])
    checkOptions(call)
    const fields = changedFields(await readWebhook(session.api, name, hook), call)
    if (call.given.has('url')) checkWebhookUrl(fields.payloadUrl, fields.format)
    await updateWebhook(session.api, name, { hook, fields })
    io.stdout.write(`Updated webhook ${hook} for ${fullName(name)}\n`)
    return undefined
  },
})

function checkOptions(call: EditCall): void {
  const { options: chosen, given } = call
  if (given.has('display-name') && chosen['display-name'] === '') {
    throw new Failure('USAGE', 'webhook display name cannot be empty')
  }
  if (given.has('url') && chosen.url === '') throw new Failure('USAGE', '--url cannot be empty')
  checkListOptions('event', eventChange(call))
  checkListOptions('group', groupChange(call))
  if (given.has('secret') && chosen['remove-secret']) {
    throw new Failure('USAGE', '--secret cannot be combined with --remove-secret')
  }
  if (given.has('format')) checkWebhookFormat(chosen.format)
}

function eventChange({ options: chosen, given }: EditCall): ListChange {
  const replace = given.has('event') ? chosen.event : undefined
  return { replace, add: chosen['add-event'], remove: chosen['remove-event'] }
}

function groupChange({ options: chosen, given }: EditCall): ListChange {
  const replace = given.has('group') ? chosen.group : undefined
  return { replace, add: chosen['add-group'], remove: chosen['remove-group'] }
}

function changedFields(hook: Webhook, call: EditCall): WebhookFields {
  const { options: chosen, given } = call
  return {
    displayName: given.has('display-name') ? chosen['display-name'] : hook.displayName,
    payloadUrl: given.has('url') ? chosen.url : hook.payloadUrl,
    active: given.has('active') ? chosen.active : hook.active,
    format: given.has('format') ? chosen.format : hook.format,
    events: changedList(hook.events, eventChange(call)),
    groups: changedList(hook.groups, groupChange(call)),
    secret: chosen['remove-secret'] ? null : chosen.secret,
  }
}
