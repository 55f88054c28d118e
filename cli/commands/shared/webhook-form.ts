import { Failure } from '../../failure'

export const webhookFormats = ['raw', 'slack', 'ms_teams', 'pulumi_deployments']

export function checkWebhookFormat(format: string): void {
  if (webhookFormats.includes(format)) return
  throw new Failure(
    'USAGE',
    `invalid --format ${JSON.stringify(format)}: must be one of ${webhookFormats.join(', ')}`,
  )
}

/** Each format has its own form of address (http-api.md §2.1). */
export function checkWebhookUrl(url: string, format: string): void {
  if (format === 'slack') {
    if (url.startsWith('https://hooks.slack.com/')) return
    throw new Failure('USAGE', 'slack webhooks require a --url starting with https://hooks.slack.com/')
  }
  if (format === 'pulumi_deployments') {
    if (/^[^\s/]+\/[^\s/]+$/.test(url)) return
    throw new Failure(
      'USAGE',
      'pulumi_deployments webhooks require --url to be of the form <project>/<stack>',
    )
  }
  checkHttpUrl(url)
}

function checkHttpUrl(url: string): void {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url) ?? []
  if (!/^https?$/i.test(scheme ?? /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? '')) {
    throw new Failure('USAGE', `--url ${JSON.stringify(url)} must use http or https`)
  }
  if (!host) throw new Failure('USAGE', `--url ${JSON.stringify(url)} is missing a host`)
  if (!URL.canParse(url)) throw new Failure('USAGE', `invalid --url ${JSON.stringify(url)}: not a URL`)
}

export function checkWebhookName(name: string | undefined): string {
  if (!name) throw new Failure('USAGE', 'webhook name cannot be empty')
  return name
}

export interface ListChange {
  readonly replace: readonly string[] | undefined
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** The list as a whole, or the existing one without what is removed and with what is added; removals win. */
export function changedList(existing: readonly string[], { replace, add, remove }: ListChange): string[] {
  if (replace) return [...new Set(replace)]
  return [...new Set([...existing, ...add])].filter((item) => !remove.includes(item))
}

/** A replacement and a change of the same list exclude one another. */
export function checkListOptions(option: string, change: ListChange): void {
  if (change.replace && (change.add.length > 0 || change.remove.length > 0)) {
    throw new Failure('USAGE', `--${option} cannot be combined with --add-${option} or --remove-${option}`)
  }
}
