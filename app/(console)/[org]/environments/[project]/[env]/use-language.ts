'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { createLanguageClient } from '@/components/editor/language-client'
import type { ModelContext } from '@/components/editor/language-providers'
import { leave } from '@/components/frame/leave'
import type { Checked } from '@/components/preview/use-check'
import type { LanguageData } from './language-data'
import type { Reference } from './use-saving'

export interface LanguageOptions {
  reference: Reference
  data: LanguageData
  checked: Pick<Checked, 'environment' | 'diagnostics'>
}

/** What the editor knows about the text, kept up to date with what is checked. */
export function useLanguage({ reference, data, checked }: LanguageOptions): ModelContext {
  const [language] = useState(createLanguageClient)
  const router = useRouter()
  const { organization } = reference
  const environment = `${reference.project}/${reference.name}`
  const { environment: evaluation, diagnostics } = checked
  useEffect(() => language.stop, [language])
  useEffect(() => {
    const foreignSecrets = diagnostics.flatMap(({ code, path }) =>
      code === 'ciphertext' && path ? [path] : [],
    )
    language.setFacts({ ...data, environment, foreignSecrets })
  }, [language, data, environment, diagnostics])
  useEffect(() => language.setEvaluation(evaluation), [language, evaluation])
  return useMemo(
    () => ({
      language,
      openEnvironment: (name, { line, column } = { line: 1, column: 1 }) => {
        const place = new URLSearchParams({ line: String(line), column: String(column) })
        leave(() => router.push(`/${organization}/environments/${name.replace(/@.*$/, '')}?${place}`))
      },
    }),
    [language, organization, router],
  )
}
