'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { leave } from '@/components/frame/leave'
import { isTyping } from '@/components/ui/shortcut'

const secondKeyWithinMs = 1000

/** `g` and then a letter goes to a page. */
export function useGoTo(pages: Record<string, string>): void {
  const router = useRouter()
  const latest = useRef(pages)
  useEffect(() => {
    latest.current = pages
  })
  useEffect(() => {
    let armedAt = Number.NEGATIVE_INFINITY
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      const isSecond = event.timeStamp - armedAt < secondKeyWithinMs
      armedAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      const page = isSecond ? latest.current[event.key] : undefined
      if (page) leave(() => router.push(page))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [router])
}
