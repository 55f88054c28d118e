'use client'

import { KeyRound } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import type { ApprovalState } from '@/lib/approvals/state'
import { requestAccess } from '../../../approvals/actions'
import type { Reference } from './use-saving'

export interface RequestAccessProps {
  reference: Reference
  approval: ApprovalState
}

/** Stands where *Open* would, for who may not open. */
export function RequestAccess({ reference, approval }: RequestAccessProps) {
  const [pending] = approval.openRequests
  if (pending !== undefined) {
    return (
      <Link href={`/${reference.organization}/approvals/${pending}`} className={buttonClass()}>
        {text.approvals.pendingAccess}
      </Link>
    )
  }
  return (
    <DialogButton
      label={text.approvals.requestAccess}
      button={{ look: 'primary', icon: <KeyRound aria-hidden className="size-3.5" /> }}
      title={text.approvals.requestAccessTitle}
      description={text.approvals.requestAccessBody}
    >
      {(close) => <RequestForm reference={reference} onCancel={close} />}
    </DialogButton>
  )
}

function RequestForm({ reference, onCancel }: { reference: Reference; onCancel: () => void }) {
  const router = useRouter()
  const toast = useToast()
  const [description, setDescription] = useState('')
  const [duration, setDuration] = useState('28800')
  const [expiration, setExpiration] = useState('86400')
  const times = { grantExpirationSeconds: Number(expiration), accessDurationSeconds: Number(duration) }
  const after = (ids: string[]) => {
    toast({ title: text.approvals.requested(ids.length) })
    const [only, ...others] = ids
    const place = others.length === 0 && only !== undefined ? `/${only}` : '?show=mine'
    router.push(`/${reference.organization}/approvals${place}`)
  }
  return (
    <ActionForm
      work={() => requestAccess({ ...reference, description, ...times })}
      submit={text.approvals.requestAccess}
      ready={description.trim() !== ''}
      after={after}
      onCancel={onCancel}
    >
      {() => (
        <>
          <TextField
            label={text.approvals.requestReason}
            autoFocus
            required
            maxLength={5000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
          <SelectField
            label={text.approvals.requestDuration}
            options={text.approvals.durations}
            value={duration}
            onChange={(event) => setDuration(event.target.value)}
          />
          <SelectField
            label={text.approvals.requestWindow}
            options={text.approvals.durations}
            value={expiration}
            onChange={(event) => setExpiration(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
