import type { WebhookSite } from '@/components/webhooks/site'
import { ping, removeWebhook, saveWebhook, sendAgain } from './actions'

export function siteOf(organization: string): WebhookSite<{ organization: string; project?: undefined }> {
  return {
    place: { organization },
    href: `/${organization}/settings/webhooks`,
    save: saveWebhook,
    remove: removeWebhook,
    ping,
    sendAgain,
  }
}
