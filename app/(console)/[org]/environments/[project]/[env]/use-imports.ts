'use client'

import { useCallback, useEffect, useState } from 'react'
import type { LanguageClient } from '@/components/editor/language-client'
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

const settledAfterMs = 250

/** How many environments a definition imports: counted again when typing pauses, in the worker of the language. */
export function useImportCount(language: LanguageClient, definition: string): number {
  const [counted, setCounted] = useState(() => ({ definition, count: listImports(definition).length }))
  useEffect(() => {
    if (counted.definition === definition) return
    const timer = setTimeout(async () => {
      const count = await language.ask('countImports', definition)
      if (count !== undefined) setCounted({ definition, count })
    }, settledAfterMs)
    return () => clearTimeout(timer)
  }, [language, definition, counted])
  return counted.count
}
