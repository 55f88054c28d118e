'use client'

import { useTransition } from 'react'
import { text } from '@/components/messages'
import type { Outcome } from '@/components/outcome'
import { useToast } from './toast'

export interface ActionRun<T> {
  work: () => Promise<Outcome<T>>
  /** What to say when it is done. */
  done?: (value: T) => string
  after?: (value: T) => void
}

/** Runs server actions one at a time and says in the corner how they ended. */
export function useAction(): [busy: boolean, run: <T>(action: ActionRun<T>) => void] {
  const [busy, start] = useTransition()
  const toast = useToast()
  const run = <T>({ work, done, after }: ActionRun<T>) =>
    start(async () => {
      const outcome = await work().catch(() => undefined)
      if (!outcome?.ok) {
        const title = outcome ? outcome.message || text.common.unexpected : text.common.unreachable
        return toast({ title, tone: 'error' })
      }
      if (done) toast({ title: done(outcome.value) })
      after?.(outcome.value)
    })
  return [busy, run]
}
