'use client'

import type { Outcome } from '@/components/outcome'
import type { ButtonLook } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { ActionForm } from './action-form'

export interface ConfirmProps<T> {
  work: () => Promise<Outcome<T>>
  /** The verb on the button. */
  submit: string
  look?: ButtonLook
  /** What to say when it is done. */
  done: (value: T) => string
  after?: () => void
  onClose: () => void
}

/** One press more before something that the dialog explains; a refusal stays in the dialog. */
export function Confirm<T>({ work, submit, look = 'danger', done, after, onClose }: ConfirmProps<T>) {
  const toast = useToast()
  const finish = (value: T) => {
    toast({ title: done(value) })
    onClose()
    after?.()
  }
  return <ActionForm work={work} submit={submit} look={look} after={finish} onCancel={onClose} />
}
