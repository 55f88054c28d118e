/** Runs periodic work until it is stopped. Timers hold no process open; no process is special. */
import { complain, describeFault } from '../log'
import { claimTurn, endTurn } from './claim'
import type { PeriodicWork } from './work'

export interface Jobs {
  /** Begins nothing more and waits for what runs, for up to `graceMs`. */
  stop(graceMs: number): Promise<void>
}

/** Exclusive work is asked for this often, so that a turn is not missed when its process died. */
const longestPollMs = 60_000

export function startJobs(registry: readonly PeriodicWork[]): Jobs {
  const stopping = new AbortController()
  const loops = registry.map((work) => loop(work, stopping.signal))
  return {
    async stop(graceMs) {
      stopping.abort()
      await Promise.race([Promise.all(loops), pause(graceMs)])
    },
  }
}

async function loop(work: PeriodicWork, signal: AbortSignal): Promise<void> {
  const everyMs = work.exclusive ? Math.min(work.everyMs, longestPollMs) : work.everyMs
  // Processes that start together do not stay in step.
  await pause(Math.random() * Math.min(everyMs, 1000), signal)
  while (!signal.aborted) {
    const outcome = await turn(work, signal).catch((error: unknown) => {
      complain(`The job ${work.name} failed: ${describeFault(error)}`)
      return 'idle'
    })
    if (outcome === 'idle') await pause(everyMs, signal)
  }
}

async function turn(work: PeriodicWork, signal: AbortSignal): Promise<'idle' | 'more'> {
  if (!work.exclusive) return work.run(signal)
  const claim = await claimTurn(work)
  if (claim === undefined) return 'idle'
  try {
    let outcome: 'idle' | 'more' = 'more'
    while (outcome === 'more' && !signal.aborted) outcome = await work.run(signal)
  } finally {
    await endTurn(work, claim)
  }
  return 'idle'
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const timer = setTimeout(end, ms)
    timer.unref()
    signal?.addEventListener('abort', end, { once: true })
    function end() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
  })
}
