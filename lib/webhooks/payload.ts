/** The text that is sent for an event, in each format. Pure; names only, never a value. */
import type { WebhookEvent } from './events'
import type { WebhookFormat } from './rules'

export interface Sender {
  user: { name: string; githubLogin: string; avatarUrl: string }
  organization: { name: string; githubLogin: string; avatarUrl: string }
}

export interface PayloadSource extends Sender {
  event: WebhookEvent
}

/** @returns JSON text */
export function payloadOf(format: WebhookFormat, source: PayloadSource): string {
  const { event, user, organization } = source
  const { action, projectName, environmentName, details } = event
  const raw = { user, organization, projectName, environmentName, action, ...details }
  return inFormat(format, { raw, sentence: sentenceOf(source) })
}

/** @returns JSON text of the test that a person sends (`kind` `ping`) */
export function pingPayload(format: WebhookFormat, at: Date): string {
  const message = 'This is a test of a webhook of OpenESC.'
  return inFormat(format, {
    raw: { timestamp: Math.floor(at.getTime() / 1000), message },
    sentence: message,
  })
}

function inFormat(format: WebhookFormat, { raw, sentence }: { raw: object; sentence: string }): string {
  switch (format) {
    case 'slack':
      return JSON.stringify({ text: escapeSlack(sentence) })
    case 'ms_teams':
      return JSON.stringify(adaptiveCard(sentence))
    case 'raw':
    case 'pulumi_deployments':
      return JSON.stringify(raw)
  }
}

/** Slack reads these three as markup (a mention such as `<!channel>` begins with one). */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function adaptiveCard(text: string) {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [{ type: 'TextBlock', text, wrap: true }],
  }
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  }
}

function sentenceOf({ event, user, organization }: PayloadSource): string {
  const { kind, action, projectName, environmentName, details } = event
  const place = `${organization.githubLogin}/${projectName}/${environmentName}`
  const subject = kind.replaceAll('_', ' ').replace(/ changed$/, '')
  const imported = details.importedEnvironmentReference
  const which = [
    imported && ` (${imported.projectName}/${imported.environmentName})`,
    details.tagName !== undefined && ` ${details.tagName}`,
    details.revision !== undefined && ` (revision ${details.revision})`,
  ]
  return `${place}: ${subject}${which.filter(Boolean).join('')} ${action} by ${user.githubLogin}`
}
