'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { text } from '@/components/messages'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { propose } from '../../../approvals/actions'
import type { Reference } from './use-saving'

export interface ProposeDialogProps {
  reference: Reference
  definition: string
  /** Of the revision that was edited. */
  etag: string
  /** What was written for the history, to begin with. */
  message: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Where a gate stands before changes, saving is proposing. */
export function ProposeDialog({ open, onOpenChange, ...proposal }: ProposeDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text.approvals.proposeTitle}
      description={text.approvals.proposeBody}
    >
      <ProposeForm {...proposal} onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

type ProposeFormProps = Omit<ProposeDialogProps, 'open' | 'onOpenChange'> & { onCancel: () => void }

function ProposeForm({ reference, definition, etag, message, onCancel }: ProposeFormProps) {
  const router = useRouter()
  const [description, setDescription] = useState(message)
  return (
    <ActionForm
      work={() => propose({ ...reference, definition, etag, description })}
      submit={text.approvals.propose}
      after={(id) => router.push(`/${reference.organization}/approvals/${id}`)}
      onCancel={onCancel}
    >
      {(problem) => (
        <TextField
          label={text.approvals.proposeDescription}
          error={problem('comment')}
          autoFocus
          maxLength={5000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      )}
    </ActionForm>
  )
}
