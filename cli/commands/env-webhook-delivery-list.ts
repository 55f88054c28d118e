import { listDeliveries } from '../client/webhooks'
import { formatTable } from '../output/table'
import { formatRfc3339 } from '../output/time'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { checkCount, countOption, firstOf } from './shared/count-option'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput, printJson } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { utcOption } from './shared/utc-option'
import { checkWebhookName } from './shared/webhook-form'

export const command = defineCommand({
  usage: `${referenceUsage} <webhook-name>`,
  long: 'List the deliveries of a webhook',
  options: { ...utcOption, ...countOption, ...outputOption },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    checkCount(options.count)
    const { session, name, rest } = await environmentItself(call, 'list')
    const deliveries = await listDeliveries(session.api, name, checkWebhookName(rest[0]))
    const views = firstOf(deliveries, options.count).map(
      ({ id, kind, timestamp, responseCode, duration }) => {
        return { id, kind, timestamp: formatRfc3339(timestamp * 1000, options), responseCode, duration }
      },
    )
    if (output === 'json') printJson(io, { deliveries: views })
    else {
      const table = formatTable<(typeof views)[number]>(
        [
          { title: 'ID', cell: (view) => view.id },
          { title: 'Kind', cell: (view) => view.kind },
          { title: 'Timestamp', cell: (view) => view.timestamp },
          { title: 'Response', cell: (view) => view.responseCode },
          { title: 'Duration (ms)', cell: (view) => view.duration },
        ],
        views,
      )
      io.stdout.write(table)
    }
    return undefined
  },
})
