'use client'

import { type ReactNode, useState } from 'react'
import { text } from '@/components/messages'
import type { Outcome } from '@/components/outcome'
import { TextField } from '@/components/ui/field'
import { useToast } from '@/components/ui/toast'
import { ActionForm } from './action-form'

export interface ConfirmTypedProps {
  /** What has to be typed. */
  word: string
  submit: string
  /** What to say when it is done. */
  done?: string
  work: () => Promise<Outcome<unknown>>
  onClose: () => void
  after?: () => void
  children?: ReactNode
}

/** Danger is typed, not clicked twice. */
export function ConfirmTyped({ word, submit, done, work, onClose, after, children }: ConfirmTypedProps) {
  const [typed, setTyped] = useState('')
  const toast = useToast()
  const finish = () => {
    if (done) toast({ title: done })
    onClose()
    after?.()
  }
  return (
    <ActionForm
      work={work}
      submit={submit}
      look="danger"
      ready={typed === word}
      after={finish}
      onCancel={onClose}
    >
      {() => (
        <>
          {children}
          <TextField
            label={text.access.confirm(word)}
            mono
            autoComplete="off"
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
