import { setTimeout as wait } from 'node:timers/promises'
import type { OutgoingResponse } from '@/lib/outgoing'

export interface Patience {
  /** Ends the waiting; the last answer is then the result. */
  signal: AbortSignal
  /** How long all waiting together may take; 20 s unless given. */
  waitMs?: number
  /** Statuses after which the request is sent again; 429 and 503 unless given. */
  busy?: readonly number[]
}

const defaultWaitMs = 20_000
const firstWaitMs = 250
const most = 6
const defaultBusy = [429, 503]

/**
 * Sends a request again while it is answered with a status that says so: after the time that `Retry-After` names, otherwise after
 * growing, scattered times. Gives up early when the wait would be too long: an answer that explains is better than a
 * deadline that passes.
 *
 * @returns the first answer that is neither, or the last one
 */
export async function withBackoff(
  send: () => Promise<OutgoingResponse>,
  { signal, waitMs = defaultWaitMs, busy = defaultBusy }: Patience,
): Promise<OutgoingResponse> {
  let left = waitMs
  for (let attempt = 0; ; attempt++) {
    const response = await send()
    if (!busy.includes(response.status) || attempt >= most) return response
    const pause = retryAfterMs(response) ?? firstWaitMs * 2 ** attempt * (0.5 + Math.random())
    left -= pause
    if (left < 0 || !(await pausedFor(pause, signal))) return response
  }
}

/** Milliseconds that the answer asks to wait (RFC 9110 §10.2.3: seconds or a date); undefined when it does not say. */
export function retryAfterMs({ headers }: Pick<OutgoingResponse, 'headers'>): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}

async function pausedFor(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return wait(milliseconds, true, { signal }).catch(() => false)
}
