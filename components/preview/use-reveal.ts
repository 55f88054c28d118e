'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'

/** Revealed values are masked again after this long, and whenever the person looks away. */
const revealedForMs = 60_000

export interface Reveal {
  isShown: (path: string) => boolean
  toggle: (path: string) => void
  allShown: boolean
  toggleAll: () => void
}

type Shown = { paths: ReadonlySet<string>; all: boolean }

const nothing: Shown = { paths: new Set(), all: false }

/** Which secret values are readable on the screen now. `session` changes whenever other values are shown. */
export function useReveal(session: string | undefined): Reveal {
  const [shown, setShown] = useState(nothing)
  const [shownFor, setShownFor] = useState(session)
  if (shownFor !== session) {
    setShownFor(session)
    setShown(nothing)
  }
  useMaskAgain(
    shown,
    useCallback(() => setShown(nothing), []),
  )
  return useMemo(
    () => ({
      isShown: (path) => shown.all || shown.paths.has(path),
      toggle: (path) => setShown((before) => ({ ...before, paths: toggled(before.paths, path) })),
      allShown: shown.all,
      toggleAll: () => setShown((before) => (before.all ? nothing : { ...before, all: true })),
    }),
    [shown],
  )
}

function useMaskAgain(shown: Shown, mask: () => void): void {
  const anything = shown !== nothing
  useEffect(() => {
    if (!anything) return
    const onHidden = () => {
      if (document.hidden) mask()
    }
    window.addEventListener('blur', mask)
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      window.removeEventListener('blur', mask)
      document.removeEventListener('visibilitychange', onHidden)
    }
  }, [anything, mask])
  useEffect(() => {
    if (shown === nothing) return
    const timer = setTimeout(mask, revealedForMs)
    return () => clearTimeout(timer)
  }, [shown, mask])
}

function toggled(paths: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(paths)
  if (!next.delete(path)) next.add(path)
  return next
}
