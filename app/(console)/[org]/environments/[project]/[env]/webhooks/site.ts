import type { WebhookSite } from '@/components/webhooks/site'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { ping, removeWebhook, saveWebhook, sendAgain } from './actions'

export function siteOf({
  organization,
  project,
  name,
}: EnvironmentReference): WebhookSite<EnvironmentReference> {
  return {
    place: { organization, project, name },
    href: `/${organization}/environments/${project}/${name}/webhooks`,
    save: saveWebhook,
    remove: removeWebhook,
    ping,
    sendAgain,
  }
}
