'use client'

import { text } from '@/components/messages'
import type { Outcome } from '@/components/outcome'
import { ConfirmTyped } from './confirm-typed'
import { DialogButton } from './dialog-button'

export interface DeleteButtonProps {
  /** What has to be typed. */
  name: string
  /** What comes of it. */
  body: string
  work: () => Promise<Outcome<unknown>>
}

/** Deletes what a row of a list is about. */
export function DeleteButton({ name, body, work }: DeleteButtonProps) {
  const title = text.access.deleteNamed(name)
  return (
    <DialogButton
      label={text.access.delete}
      accessibleName={title}
      button={{ look: 'ghost', size: 'sm' }}
      title={title}
      description={body}
    >
      {(close) => (
        <ConfirmTyped
          word={name}
          submit={text.access.delete}
          done={text.access.deleted(name)}
          work={work}
          onClose={close}
        />
      )}
    </DialogButton>
  )
}
