'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { text } from '@/components/messages'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { guardLeaving } from './leave'

/** Asks before unsaved work is left: by closing the tab, by a link, or by going back. */
export function LeaveGuard({ active }: { active: boolean }) {
  const router = useRouter()
  const [leave, setLeave] = useState<() => void>()
  useEffect(() => {
    if (!active) return
    const ask = (go: () => void) => setLeave(() => go)
    const stops = [
      guardUnload(),
      guardLinks((href) => ask(() => router.push(href))),
      guardHistory(ask),
      guardLeaving(ask),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [active, router])
  return (
    <Dialog
      open={leave !== undefined}
      onOpenChange={() => setLeave(undefined)}
      title={text.editor.leaveTitle}
      description={text.editor.leaveBody}
    >
      <DialogActions>
        <Button
          look="danger"
          onClick={() => {
            leave?.()
            setLeave(undefined)
          }}
        >
          {text.editor.leave}
        </Button>
        <Button look="primary" autoFocus onClick={() => setLeave(undefined)}>
          {text.editor.leaveStay}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

type Stop = () => void

function guardUnload(): Stop {
  const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault()
  window.addEventListener('beforeunload', onBeforeUnload)
  return () => window.removeEventListener('beforeunload', onBeforeUnload)
}

/** Before Next sees the click; links that open elsewhere leave nothing. */
function guardLinks(ask: (href: string) => void): Stop {
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0
    if (!(link instanceof HTMLAnchorElement) || elsewhere || link.target === '_blank' || link.download) return
    if (link.origin !== window.location.origin || link.pathname === window.location.pathname) return
    event.preventDefault()
    event.stopPropagation()
    ask(link.pathname + link.search)
  }
  document.addEventListener('click', onClick, { capture: true })
  return () => document.removeEventListener('click', onClick, { capture: true })
}

/** Back and forward can be held only where the Navigation API is known; elsewhere they are not guarded. */
function guardHistory(ask: (go: () => void) => void): Stop {
  const navigation = 'navigation' in window ? window.navigation : undefined
  if (!navigation) return () => {}
  let letGo = false
  const onNavigate = (event: NavigateEvent) => {
    if (letGo || event.navigationType !== 'traverse' || !event.cancelable) return
    event.preventDefault()
    const { key } = event.destination
    ask(() => {
      letGo = true
      navigation.traverseTo(key)
    })
  }
  navigation.addEventListener('navigate', onNavigate)
  return () => navigation.removeEventListener('navigate', onNavigate)
}
