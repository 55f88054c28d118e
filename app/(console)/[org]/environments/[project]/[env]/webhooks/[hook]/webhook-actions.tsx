'use client'

import { useRouter } from 'next/navigation'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { DialogActions } from '@/components/ui/dialog'
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
  return (
    <DialogButton
      label={text.webhooks.remove}
      button={{ look: 'danger' }}
      title={text.webhooks.removeTitle}
      description={text.webhooks.removeBody}
    >
      {(close) => <ConfirmRemove place={place} onCancel={close} />}
    </DialogButton>
  )
}

function ConfirmRemove({ place, onCancel }: { place: WebhookReference; onCancel: () => void }) {
  const router = useRouter()
  const [busy, run] = useAction()
  const { organization, project, name } = place
  const remove = () =>
    run({
      work: () => removeWebhook(place),
      done: () => text.webhooks.removed,
      after: () => router.push(`/${organization}/environments/${project}/${name}/webhooks`),
    })
  return (
    <DialogActions>
      <Button onClick={onCancel}>{text.common.cancel}</Button>
      <Button look="danger" busy={busy} onClick={remove}>
        {text.webhooks.remove}
      </Button>
    </DialogActions>
  )
}
