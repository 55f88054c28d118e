import { listWebhooks, type Webhook } from '../client/webhooks'
import { formatTable } from '../output/table'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { checkCount, countOption, firstOf } from './shared/count-option'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: referenceUsage,
  long: 'List the webhooks of an environment',
  options: { ...countOption, ...outputOption },
  args: exactly(1),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    checkCount(options.count)
    const { session, name } = await environmentItself(call, 'list')
    const hooks = firstOf(await listWebhooks(session.api, name), options.count)
    if (output === 'json') printJson(io, { webhooks: hooks.map(webhookJson) })
    else {
      const table = formatTable<Webhook>(
        [
          { title: 'Name', cell: (hook) => hook.name },
          { title: 'Display name', cell: (hook) => hook.displayName },
          { title: 'URL', cell: (hook) => hook.payloadUrl },
          { title: 'Active', cell: (hook) => hook.active },
          { title: 'Format', cell: (hook) => hook.format || '-' },
        ],
        hooks,
      )
      io.stdout.write(table)
    }
    return undefined
  },
})

function webhookJson({ name, displayName, payloadUrl, active, format }: Webhook) {
  return { name, displayName, payloadUrl, active, format: format || undefined }
}
