'use client'

import { type FormEvent, useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { comment } from '../actions'

export function CommentForm({ organization, id }: { organization: string; id: string }) {
  const [written, setWritten] = useState('')
  const [busy, run] = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    run({
      work: () => comment({ organization, id, comment: written }),
      done: () => text.approvals.commentDone,
      after: () => setWritten(''),
    })
  }
  return (
    <form onSubmit={submit} className="mt-3 flex flex-col items-start gap-2">
      <div className="w-full">
        <TextField
          label={text.approvals.comment}
          value={written}
          maxLength={5000}
          onChange={(event) => setWritten(event.target.value)}
        />
      </div>
      <Button size="sm" type="submit" busy={busy} disabled={written.trim() === ''}>
        {text.approvals.addComment}
      </Button>
    </form>
  )
}
