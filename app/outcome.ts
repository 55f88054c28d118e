import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import type { Outcome, Refusal } from '@/components/outcome'
import { recordRefusal } from '@/lib/access/refused'
import { type Failure, isFailure } from '@/lib/failure'

export type { Outcome, Refusal }

/** Runs a use case and turns its refusal into a value. Anything else is logged by its name and becomes `unexpected`. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    unstable_rethrow(error)
    if (!isFailure(error)) return unexpected(error)
    return recordRefusal(error).then(() => refused(error), unexpected)
  }
}

function refused({ code, message, details }: Failure): Refusal {
  return {
    ok: false,
    code,
    message,
    ...(details.field && { field: details.field }),
    ...(details.scope && { scope: details.scope }),
    ...(details.diagnostics && { diagnostics: details.diagnostics }),
  }
}

/** The stack names places in our code; the message is left out, since it could quote what somebody typed. */
function unexpected(error: unknown): Refusal {
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1).join('\n') : ''
  console.error(`console: ${error instanceof Error ? error.name : typeof error}\n${stack}`)
  return { ok: false, code: 'unexpected', message: '' }
}
