'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { Confirm } from '@/components/access/confirm'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
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
  const toast = useToast()
  return (
    <Dialog open onOpenChange={onClose} title={text.versions.addTagTo(revision)}>
      <ActionForm
        work={() => tagAction({ ...reference, tag, revision })}
        submit={text.versions.addTagTo(revision)}
        ready={tag !== ''}
        onCancel={onClose}
        after={() => {
          toast({ title: text.versions.tagged(tag, revision) })
          onClose()
        }}
      >
        {(problem) => (
          <>
            <TextField
              label={text.versions.tag}
              hint={text.versions.tagHint}
              error={problem('tag')}
              mono
              autoFocus
              required
              value={tag}
              onChange={(event) => setTag(event.target.value)}
            />
            {moved ? <MovedTag {...moved} /> : null}
          </>
        )}
      </ActionForm>
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

export function RollBackDialog(props: RevisionDialogProps & { etag: string }) {
  const { reference, revision, etag, onClose } = props
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.versions.rollBackTo(revision)}
      description={text.versions.rollBackBody(revision)}
    >
      <Confirm
        work={() => rollBack({ ...reference, revision, etag })}
        submit={text.versions.rollBackTo(revision)}
        look="primary"
        done={text.versions.rolledBack}
        onClose={onClose}
      />
    </Dialog>
  )
}

export function RetractDialog({ reference, revision, onClose }: RevisionDialogProps) {
  const [reason, setReason] = useState('')
  const [replacement, setReplacement] = useState('')
  const instead = Number(replacement) || undefined
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.versions.retractRevision(revision)}
      description={text.versions.retractBody}
    >
      <ActionForm
        work={() => retract({ ...reference, revision, reason, ...(instead && { replacement: instead }) })}
        submit={text.versions.retractRevision(revision)}
        look="danger"
        onCancel={onClose}
        after={onClose}
      >
        {(problem) => (
          <>
            <TextField
              label={text.versions.reason}
              error={problem('reason')}
              autoFocus
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <TextField
              label={text.versions.replacement}
              hint={text.versions.replacementHint}
              error={problem('replacement')}
              inputMode="numeric"
              value={replacement}
              onChange={(event) => setReplacement(event.target.value)}
            />
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
