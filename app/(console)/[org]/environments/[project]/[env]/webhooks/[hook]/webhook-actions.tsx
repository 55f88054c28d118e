'use client'

import { useRouter } from 'next/navigation'
import { Confirm } from '@/components/access/confirm'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { WebhookReference } from '@/lib/webhooks/webhooks'
import { ping, removeWebhook } from '../actions'

export function PingButton({ place }: { place: WebhookReference }) {
  const [busy, run] = useAction()
  return (
    <Button
      look="primary"
      busy={busy}
      onClick={() => run({ work: () => ping(place), done: text.webhooks.pinged })}
    >
      {text.webhooks.ping}
    </Button>
  )
}

export function RemoveWebhook({ place }: { place: WebhookReference }) {
  const router = useRouter()
  const { organization, project, name } = place
  return (
    <DialogButton
      label={text.webhooks.remove}
      button={{ look: 'danger' }}
      title={text.webhooks.removeTitle}
      description={text.webhooks.removeBody}
    >
      {(close) => (
        <Confirm
          work={() => removeWebhook(place)}
          submit={text.webhooks.remove}
          done={() => text.webhooks.removed}
          after={() => router.push(`/${organization}/environments/${project}/${name}/webhooks`)}
          onClose={close}
        />
      )}
    </DialogButton>
  )
}
