'use client'

import { useCallback, useEffect, useState } from 'react'

const shownMs = 60_000

/** A secret in the clear, for a minute or until the page is left. */
export function useRevealed(
  ciphertext: string | undefined,
  open: (ciphertext: string) => Promise<string | undefined>,
) {
  const [shown, setShown] = useState<{ of: string | undefined; plaintext: string }>()
  const hide = useCallback(() => setShown(undefined), [])
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(hide, shownMs)
    const onHidden = () => document.hidden && hide()
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onHidden)
    }
  }, [shown, hide])
  const reveal = async (unsealed: string) => {
    const plaintext = ciphertext === undefined ? unsealed : await open(ciphertext)
    if (plaintext !== undefined) setShown({ of: ciphertext, plaintext })
  }
  // What was shown of one ciphertext says nothing about the next.
  return { shown: shown?.of === ciphertext ? shown?.plaintext : undefined, reveal, hide }
}
