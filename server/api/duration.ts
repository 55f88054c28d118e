import * as z from 'zod'

const seconds = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const

const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/** Seconds of a Go duration such as `1h30m` or `300ms`; undefined when it is none (http-api.md §2.1). */
export function parseGoDuration(text: string): number | undefined {
  if (text === '0') return 0
  const parts = [...text.matchAll(part)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return undefined
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * secondsOf(unit), 0)
}

function secondsOf(unit: string | undefined): number {
  return Object.entries(seconds).find(([name]) => name === unit)?.[1] ?? 0
}

/** A duration in a query, in seconds; empty counts as absent. */
export const queryDuration = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined || text === '') return undefined
    const duration = parseGoDuration(text)
    if (duration !== undefined && duration > 0) return duration
    context.addIssue('must be a duration such as 2h0m0s')
    return z.NEVER
  })
