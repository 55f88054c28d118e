'use client'

import { useCallback, useState } from 'react'
import { listImports } from '@/lib/language/edit'
import { newest } from './secret-actions'

/** The newest revisions of what a definition imports, once somebody asks. */
export function useNewestRevisions(organization: string, definition: string) {
  const [found, setFound] = useState<ReadonlyMap<string, number>>(new Map())
  const ask = useCallback(async () => {
    const names = listImports(definition).map(({ name }) => name)
    if (names.length === 0) return
    const outcome = await newest({ organization, names }).catch(() => undefined)
    if (outcome?.ok) setFound(new Map(outcome.value))
  }, [organization, definition])
  return { newest: found, ask }
}
