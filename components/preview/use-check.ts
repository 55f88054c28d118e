'use client'

import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Diagnostic, ParticipatingEnvironment } from '@/lib/language'
import type { PackedEvaluation } from './wire'

export interface Checked {
  /** Absent when the text could not be read as a definition. */
  environment: PackedEvaluation | undefined
  diagnostics: readonly Diagnostic[]
  /** Every environment that took part, the root first. */
  participants?: readonly ParticipatingEnvironment[]
}

export type CheckRun = (definition: string, signal: AbortSignal) => Promise<Checked>

export interface CheckState {
  status: 'checked' | 'stale' | 'checking' | 'failed'
  /** The last answer; its environment is the last that could be evaluated. */
  checked: Checked
  /** The shown environment is older than the diagnostics beside it. */
  outdated: boolean
  /** Milliseconds the last check took, request included. */
  tookMs?: number
  retry: () => void
}

type Checking = Omit<CheckState, 'retry'>

const debounceMs = 400

/** A check that takes longer is seen to run; a word that comes and goes at every pause in typing would only distract. */
const noticedAfterMs = 250

export interface CheckOptions {
  definition: string
  /** When it was last edited, by the page's clock: the moment of the key, not when all that it changed was drawn. */
  editedAt: { readonly current: number }
  run: CheckRun
}

/** Checks the text a moment after the last key press. A newer check aborts an older one, so the last one wins. */
export function useCheck({ definition, editedAt, run }: CheckOptions): CheckState {
  const [state, setState] = useState<Checking>({
    status: 'checking',
    checked: { environment: undefined, diagnostics: [] },
    outdated: false,
  })
  const [attempt, setAttempt] = useState(0)
  const answered = useRef<{ definition: string; attempt: number }>(undefined)
  useEffect(() => {
    const done = answered.current
    if (done?.definition === definition && done.attempt === attempt) return
    const isFirst = done === undefined
    const isEdited = !isFirst && done.definition !== definition
    const controller = new AbortController()
    setState((before) => withStatus(before, isEdited ? 'stale' : 'checking'))
    let noticed: ReturnType<typeof setTimeout> | undefined
    const timer = setTimeout(
      async () => {
        noticed = setTimeout(() => setState((before) => withStatus(before, 'checking')), noticedAfterMs)
        const outcome = await settle(run, definition, controller.signal)
        clearTimeout(noticed)
        if (controller.signal.aborted) return
        answered.current = { definition, attempt }
        // A key that is pressed meanwhile comes first.
        startTransition(() => setState((before) => afterCheck(before, outcome)))
      },
      isEdited ? Math.max(0, editedAt.current + debounceMs - performance.now()) : 0,
    )
    return () => {
      clearTimeout(timer)
      clearTimeout(noticed)
      controller.abort()
    }
  }, [definition, editedAt, attempt, run])
  const retry = useCallback(() => setAttempt((before) => before + 1), [])
  return useMemo(() => ({ ...state, retry }), [state, retry])
}

/** The very same state when it says so already: nothing is rendered again for it. */
function withStatus(before: Checking, status: CheckState['status']): Checking {
  return before.status === status ? before : { ...before, status }
}

type Outcome = { checked: Checked; tookMs: number } | undefined

async function settle(run: CheckRun, definition: string, signal: AbortSignal): Promise<Outcome> {
  const start = performance.now()
  try {
    const checked = await run(definition, signal)
    return { checked, tookMs: performance.now() - start }
  } catch {
    return undefined
  }
}

function afterCheck(before: Checking, outcome: Outcome): Checking {
  if (!outcome) return { ...before, status: 'failed' }
  const { checked, tookMs } = outcome
  // A text that cannot be read at all has no values: the last ones stay, marked as older.
  const unreadable = checked.environment === undefined && checked.diagnostics.length > 0
  return {
    status: 'checked',
    checked: unreadable ? { ...checked, environment: before.checked.environment } : checked,
    outdated: unreadable && before.checked.environment !== undefined,
    tookMs,
  }
}
