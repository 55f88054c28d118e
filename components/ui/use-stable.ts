'use client'

import { useCallback, useEffect, useRef } from 'react'

/** The same function on every render, which runs the newest action: for what must not be rendered again because of it. */
export function useStable<A extends unknown[], R>(action: (...args: A) => R): (...args: A) => R {
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  return useCallback((...args: A) => latest.current(...args), [])
}
