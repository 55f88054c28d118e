'use client'

import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { retract, rollBack, tag as tagAction } from './actions'

interface RevisionDialogProps {
  reference: EnvironmentReference
  revision: number
  onClose: () => void
}

/** Who pins a tag that there is. */
export interface TagUsers {
  tag: string
  /** `project/name`. */
  users: string[]
  /** How many more the reader may not see. */
  hidden: number
}

export function TagDialog({
  reference,
  revision,
  tagUsers,
  onClose,
}: RevisionDialogProps & { tagUsers: TagUsers[] }) {
  const [tag, setTag] = useState('')
  const moved = tagUsers.find((one) => one.tag === tag)
  const [busy, run] = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run({
      work: () => tagAction({ ...reference, tag, revision }),
      done: () => text.versions.tagged(tag, revision),
      after: onClose,
    })
  }
  return (
    <Dialog open onOpenChange={onClose} title={text.versions.addTagTo(revision)}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={text.versions.tag}
          hint={text.versions.tagHint}
          mono
          autoFocus
          required
          value={tag}
          onChange={(event) => setTag(event.target.value)}
        />
        {moved ? <MovedTag {...moved} /> : null}
        <DialogActions>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={tag === ''}>
            {text.versions.addTagTo(revision)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function MovedTag({ users, hidden }: TagUsers) {
  if (users.length + hidden === 0) return null
  return (
    <Banner tone="warning" title={text.versions.usedByWarning(users.length + hidden)}>
      <ul className="font-mono">
        {users.map((user) => (
          <li key={user}>{user}</li>
        ))}
      </ul>
      {hidden > 0 ? <p>{text.uses.hidden(hidden)}</p> : null}
    </Banner>
  )
}

export function RollBackDialog({
  reference,
  revision,
  etag,
  onClose,
}: RevisionDialogProps & { etag: string }) {
  const [busy, run] = useAction()
  const confirm = () =>
    run({
      work: () => rollBack({ ...reference, revision, etag }),
      done: text.versions.rolledBack,
      after: onClose,
    })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.versions.rollBackTo(revision)}
      description={text.versions.rollBackBody(revision)}
    >
      <DialogActions>
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button look="primary" busy={busy} onClick={confirm}>
          {text.versions.rollBackTo(revision)}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

export function RetractDialog({ reference, revision, onClose }: RevisionDialogProps) {
  const [reason, setReason] = useState('')
  const [replacement, setReplacement] = useState('')
  const [busy, run] = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const instead = Number(replacement) || undefined
    run({
      work: () => retract({ ...reference, revision, reason, ...(instead && { replacement: instead }) }),
      after: onClose,
    })
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.versions.retractRevision(revision)}
      description={text.versions.retractBody}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={text.versions.reason}
          autoFocus
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <TextField
          label={text.versions.replacement}
          hint={text.versions.replacementHint}
          inputMode="numeric"
          value={replacement}
          onChange={(event) => setReplacement(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" look="danger" busy={busy}>
            {text.versions.retractRevision(revision)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
