'use client'

import { useEffect, useState } from 'react'
import { text } from '@/components/messages'
import { clock } from './time'

/** The time now, renewed every second while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!ticking) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ticking])
  return now
}

export interface CountdownProps {
  /** ISO 8601. */
  until: string
  format: (left: string) => string
}

export function Countdown({ until, format }: CountdownProps) {
  const now = useNow(true)
  const left = Date.parse(until) - now
  return (
    <span role="timer" className={left > 0 ? undefined : 'text-warning'}>
      {left > 0 ? format(clock(left)) : text.preview.expired}
    </span>
  )
}
