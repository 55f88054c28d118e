'use client'

import { useRouter } from 'next/navigation'
import { Confirm } from '@/components/access/confirm'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { WebhookPlace } from '@/lib/webhooks/place'
import type { WebhookSite } from './site'

export interface WebhookActionProps<P extends WebhookPlace> {
  site: WebhookSite<P>
  /** Its name. */
  webhook: string
}

export function PingButton<P extends WebhookPlace>({ site, webhook }: WebhookActionProps<P>) {
  const [busy, run] = useAction()
  const work = () => site.ping({ ...site.place, webhook })
  return (
    <Button look="primary" busy={busy} onClick={() => run({ work, done: text.webhooks.pinged })}>
      {text.webhooks.ping}
    </Button>
  )
}

export function RemoveWebhook<P extends WebhookPlace>({ site, webhook }: WebhookActionProps<P>) {
  const router = useRouter()
  return (
    <DialogButton
      label={text.webhooks.remove}
      button={{ look: 'danger' }}
      title={text.webhooks.removeTitle}
      description={text.webhooks.removeBody}
    >
      {(close) => (
        <Confirm
          work={() => site.remove({ ...site.place, webhook })}
          submit={text.webhooks.remove}
          done={() => text.webhooks.removed}
          after={() => router.push(site.href)}
          onClose={close}
        />
      )}
    </DialogButton>
  )
}
