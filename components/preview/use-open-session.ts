'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Answer, type RequestRefusal, requestJson } from '@/components/editor/request'
import type { Diagnostic, ExportedProperties } from '@/lib/language'

export interface OpenedCall {
  provider: string
  environment: string
  path: string
  expiresAt?: string
}

/** What an open gives: lives in this component's memory and nowhere else. */
export interface OpenedEnvironment {
  id: string
  expiresAt: string
  revision: number | null
  properties: ExportedProperties
  calls: OpenedCall[]
  diagnostics: readonly Diagnostic[]
}

export type OpenState =
  | { status: 'closed' }
  | { status: 'opening' }
  | { status: 'open'; opened: OpenedEnvironment }
  /** The session is over, and its values are forgotten. */
  | { status: 'expired' }
  | { status: 'failed'; refusal: RequestRefusal }

export interface OpenSessionControl {
  state: OpenState
  open: () => Promise<void>
  /** Forgets the values and ends the session on the server. */
  close: () => void
}

const closed: OpenState = { status: 'closed' }

/** @param url of the environment's `open` route */
export function useOpenSession(url: string): OpenSessionControl {
  const [state, setState] = useState<OpenState>(closed)
  const controller = useRef<AbortController>(null)
  useEffect(() => () => controller.current?.abort(), [])
  const open = useCallback(async () => {
    controller.current?.abort()
    const mine = new AbortController()
    controller.current = mine
    setState({ status: 'opening' })
    const answer = await postOpen(url, mine.signal)
    if (answer && !mine.signal.aborted) setState(stateOf(answer))
  }, [url])
  useExpiry(state, setState)
  const sessionId = state.status === 'open' ? state.opened.id : undefined
  const close = useCallback(() => {
    controller.current?.abort()
    setState(closed)
    if (sessionId) void requestJson(url, { method: 'DELETE', body: { id: sessionId } })
  }, [url, sessionId])
  return useMemo(() => ({ state, open, close }), [state, open, close])
}

/** Timers count in 32 bits. */
const longestTimer = 2 ** 31 - 1

function useExpiry(state: OpenState, setState: (next: OpenState) => void): void {
  const expiresAt = state.status === 'open' ? state.opened.expiresAt : undefined
  useEffect(() => {
    if (expiresAt === undefined) return
    const left = Math.min(Date.parse(expiresAt) - Date.now(), longestTimer)
    const timer = setTimeout(() => setState({ status: 'expired' }), left)
    return () => clearTimeout(timer)
  }, [expiresAt, setState])
}

async function postOpen(url: string, signal: AbortSignal): Promise<Answer<OpenedEnvironment> | undefined> {
  try {
    return await requestJson<OpenedEnvironment>(url, { method: 'POST', body: {}, signal })
  } catch {
    return undefined
  }
}

function stateOf(answer: Answer<OpenedEnvironment>): OpenState {
  return answer.ok ? { status: 'open', opened: answer.value } : { status: 'failed', refusal: answer }
}
