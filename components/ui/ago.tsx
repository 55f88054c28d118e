'use client'

import { useSyncExternalStore } from 'react'

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** How long ago something was, in words: `3 days ago`, `just now`. */
export function ago(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  if (!step) return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(0, 'second')
  const [unit, size] = step
  return new Intl.RelativeTimeFormat('en').format(Math.round(seconds / size), unit)
}

const minuteMs = 60_000
const listen = (onChange: () => void) => {
  const timer = setInterval(onChange, minuteMs)
  return () => clearInterval(timer)
}
const minuteNow = () => Math.floor(Date.now() / minuteMs) * minuteMs

/** A time as distance from now; the exact one, in the person's zone, as its title. */
export function Ago({ at }: { at: string }) {
  // The server knows neither the person's clock nor zone, so it writes the plain date.
  const now = useSyncExternalStore<number | undefined>(listen, minuteNow, () => undefined)
  return (
    <time dateTime={at} title={now === undefined ? at : new Date(at).toLocaleString()}>
      {now === undefined ? at.slice(0, 10) : ago(at, now)}
    </time>
  )
}
