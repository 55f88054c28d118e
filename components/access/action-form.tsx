'use client'

import { type FormEvent, type ReactNode, useState, useTransition } from 'react'
import { text } from '@/components/messages'
import type { Outcome, Refusal } from '@/components/outcome'
import { Banner } from '@/components/ui/banner'
import { Button, type ButtonLook } from '@/components/ui/button'
import { DialogActions } from '@/components/ui/dialog'

export interface ActionFormProps<T> {
  work: () => Promise<Outcome<T>>
  /** The verb on the button. */
  submit: string
  look?: ButtonLook
  /** False while something that is needed is missing. */
  ready?: boolean
  after?: (value: T) => void
  onCancel?: () => void
  /** The fields; `problem` gives what the server said about one of them. */
  children?: (problem: (field: string) => string | undefined) => ReactNode
}

/** Fields, and a server action that a press carries out; its refusal stands where it belongs. */
export function ActionForm<T>(props: ActionFormProps<T>) {
  const { work, submit, look = 'primary', ready = true, after, onCancel, children } = props
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, start] = useTransition()
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const outcome = await work().catch(() => unreachable)
      setRefusal(outcome.ok ? undefined : outcome)
      if (outcome.ok) after?.(outcome.value)
    })
  }
  const asked = new Set<string>()
  const problem = (field: string) => {
    asked.add(field)
    return refusal?.field === field ? refusal.message : undefined
  }
  const fields = children?.(problem)
  const isSaidByField = refusal?.field !== undefined && asked.has(refusal.field)
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {refusal && !isSaidByField ? <RefusalNote refusal={refusal} /> : null}
      {fields}
      <DialogActions align={onCancel ? 'end' : 'start'}>
        {onCancel ? <Button onClick={onCancel}>{text.common.cancel}</Button> : null}
        <Button type="submit" look={look} busy={busy} disabled={!ready}>
          {submit}
        </Button>
      </DialogActions>
    </form>
  )
}

const unreachable: Refusal = { ok: false, code: 'unexpected', message: text.common.unreachable }

function RefusalNote({ refusal: { scope, message } }: { refusal: Refusal }) {
  const said = scope ? text.common.forbiddenScope(scope) : message || text.common.unexpected
  return <Banner tone="error">{said}</Banner>
}
