'use client'

import { useEffect, useRef, useState } from 'react'
import type { Diagnostic, ParticipatingEnvironment } from '@/lib/language'
import type { ShownEvaluation } from './wire'

export interface Checked {
  /** Absent when the text could not be read as a definition. */
  environment: ShownEvaluation | undefined
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

const debounceMs = 400

/** Checks the text a moment after the last key press. A newer check aborts an older one, so the last one wins. */
export function useCheck(definition: string, run: CheckRun, initial?: Checked): CheckState {
  const [state, setState] = useState<Omit<CheckState, 'retry'>>({
    status: initial ? 'checked' : 'checking',
    checked: initial ?? { environment: undefined, diagnostics: [] },
    outdated: false,
  })
  const [attempt, setAttempt] = useState(0)
  const answered = useRef(initial ? { definition, attempt: 0 } : undefined)
  useEffect(() => {
    const done = answered.current
    if (done?.definition === definition && done.attempt === attempt) return
    const isFirst = done === undefined
    const controller = new AbortController()
    setState((before) => ({ ...before, status: isFirst ? 'checking' : 'stale' }))
    const timer = setTimeout(
      async () => {
        setState((before) => ({ ...before, status: 'checking' }))
        const outcome = await settle(run, definition, controller.signal)
        if (controller.signal.aborted) return
        answered.current = { definition, attempt }
        setState((before) => afterCheck(before, outcome))
      },
      isFirst ? 0 : debounceMs,
    )
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [definition, attempt, run])
  return { ...state, retry: () => setAttempt((before) => before + 1) }
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

function afterCheck(before: Omit<CheckState, 'retry'>, outcome: Outcome): Omit<CheckState, 'retry'> {
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
