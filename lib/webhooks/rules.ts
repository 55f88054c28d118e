/** What a webhook may look like (http-api.md §2.1). Pure. */
import { Failure } from '@/lib/failure'

export const webhookFormats = ['raw', 'slack', 'ms_teams', 'pulumi_deployments'] as const

export type WebhookFormat = (typeof webhookFormats)[number]

/** Of a stored row, whose format was checked when it was stored. */
export function webhookFormat({ format }: { format: string }): WebhookFormat {
  return webhookFormats.find((known) => known === format) ?? 'raw'
}

export interface WebhookRules {
  name: string
  displayName: string
  payloadUrl: string
  format: string
  filters: readonly string[]
  groups: readonly string[]
}

const mostFilters = 50

/** @throws Failure `invalid` with `details.field` */
export function refuseWebhook({
  name,
  displayName,
  payloadUrl,
  format,
  filters,
  groups,
}: WebhookRules): void {
  refuseUnless(/^[a-zA-Z0-9._-]{1,32}$/.test(name), 'name', 'use up to 32 letters, digits, dots and hyphens')
  refuseUnless(
    displayName.trim() !== '' && displayName.length <= 100,
    'displayName',
    'use 1 to 100 characters',
  )
  refuseUnless(isAddress(payloadUrl, format), 'payloadUrl', addressRule(format))
  const names = [...filters, ...groups]
  const allowed = names.length <= mostFilters && names.every((one) => /^[a-z][a-z_]{0,63}$/.test(one))
  refuseUnless(allowed, 'filters', `name up to ${mostFilters} events by letters and underscores`)
}

function refuseUnless(condition: boolean, field: string, rule: string): void {
  if (!condition) throw new Failure('invalid', `Bad Request: invalid ${field}: ${rule}`, { field })
}

function isAddress(text: string, format: string): boolean {
  if (text.length > 2048) return false
  if (format === 'pulumi_deployments') return /^[^\s/]+\/[^\s/]+$/.test(text)
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  const http = protocol === 'http:' || protocol === 'https:'
  return http && username === '' && password === '' && (format !== 'slack' || text.startsWith(slack))
}

const slack = 'https://hooks.slack.com/'

function addressRule(format: string): string {
  if (format === 'pulumi_deployments') return 'write project/stack'
  return format === 'slack' ? `it begins with ${slack}` : 'give an http or https URL without a user name'
}
