'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { ActionForm } from '@/components/access/action-form'
import { DialogButton } from '@/components/access/dialog-button'
import { text } from '@/components/messages'
import { Button, buttonClass } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import type { ChangeRequestDetail } from '@/lib/approvals/change-requests'
import { apply, approve, close, submit, unapprove } from '../actions'

export interface DecisionsProps {
  organization: string
  request: ChangeRequestDetail
}

/** What this person may do with the request now. */
export function Decisions({ organization, request }: DecisionsProps) {
  const { id, action, abilities, latestRevision: revision, project, name } = request
  const [busy, run] = useAction()
  const reference = { organization, id }
  return (
    <>
      <Link href={`/${organization}/environments/${project}/${name}`} className={buttonClass()}>
        {text.approvals.goToEnvironment}
      </Link>
      {abilities.close ? <Close {...{ organization, request }} /> : null}
      {abilities.unapprove ? (
        <Button
          busy={busy}
          onClick={() => run({ work: () => unapprove(reference), done: () => text.approvals.unapproveDone })}
        >
          {text.approvals.unapprove}
        </Button>
      ) : null}
      {abilities.bypass ? <Bypass {...{ organization, request }} /> : null}
      {abilities.submit ? (
        <Button
          look="primary"
          busy={busy}
          onClick={() => run({ work: () => submit(reference), done: () => text.approvals.submitted })}
        >
          {text.approvals.submit}
        </Button>
      ) : null}
      {abilities.approve ? (
        <Button
          look="primary"
          icon={<Check aria-hidden className="size-4" />}
          busy={busy}
          onClick={() =>
            run({
              work: () => approve({ ...reference, revision, comment: '' }),
              done: () => text.approvals.approveDone,
            })
          }
        >
          {text.approvals.approve}
        </Button>
      ) : null}
      {abilities.apply ? (
        <Button
          look="primary"
          busy={busy}
          onClick={() => run({ work: () => apply(reference), done: () => text.approvals.applied[action] })}
        >
          {text.approvals.apply[action]}
        </Button>
      ) : null}
    </>
  )
}

function Close({ organization, request }: DecisionsProps) {
  const { id, action, status } = request
  return (
    <DialogButton
      label={status === 'applied' ? text.approvals.revoke : text.approvals.close[action]}
      button={{ look: 'danger' }}
      title={text.approvals.closeTitle}
      description={text.approvals.closeBody}
    >
      {(done) => <CloseForm reference={{ organization, id }} onDone={done} />}
    </DialogButton>
  )
}

interface FormProps {
  reference: { organization: string; id: string }
  onDone: () => void
}

function CloseForm({ reference, onDone }: FormProps) {
  const [comment, setComment] = useState('')
  return (
    <ActionForm
      work={() => close({ ...reference, comment })}
      submit={text.approvals.close.update}
      look="danger"
      after={onDone}
      onCancel={onDone}
    >
      {(problem) => (
        <TextField
          label={text.approvals.commentLabel}
          error={problem('comment')}
          autoFocus
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      )}
    </ActionForm>
  )
}

function Bypass({ organization, request: { id } }: DecisionsProps) {
  return (
    <DialogButton
      label={text.approvals.bypass}
      button={{ look: 'danger' }}
      title={text.approvals.bypassTitle}
      description={text.approvals.bypassBody}
    >
      {(done) => <BypassForm reference={{ organization, id }} onDone={done} />}
    </DialogButton>
  )
}

function BypassForm({ reference, onDone }: FormProps) {
  const [reason, setReason] = useState('')
  return (
    <ActionForm
      work={() => apply({ ...reference, bypassReason: reason })}
      submit={text.approvals.bypass}
      look="danger"
      ready={reason.trim() !== ''}
      after={onDone}
      onCancel={onDone}
    >
      {(problem) => (
        <TextField
          label={text.approvals.reason}
          error={problem('reason')}
          autoFocus
          required
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
    </ActionForm>
  )
}
