'use client'

import { useEffect, useState } from 'react'
import type { Answer } from '@/components/editor/request'

export interface FoundEnvironment {
  project: string
  name: string
}

const debounceMs = 120
const none: FoundEnvironment[] = []

/** Environments whose name has the query in it, asked from the server as the person types. */
export function useFoundEnvironments(organization: string, query: string): FoundEnvironment[] {
  const [found, setFound] = useState(none)
  useEffect(() => {
    const controller = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await find(organization, query, controller.signal)
      if (!controller.signal.aborted) setFound(answer?.ok ? answer.value : none)
    }, debounceMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [organization, query])
  return found
}

async function find(
  organization: string,
  query: string,
  signal: AbortSignal,
): Promise<Answer<FoundEnvironment[]> | undefined> {
  try {
    const response = await fetch(`/${organization}/find?${new URLSearchParams({ q: query })}`, { signal })
    return await response.json()
  } catch {
    return undefined
  }
}
