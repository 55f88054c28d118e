'use client'

import { useCallback, useRef, useState } from 'react'
import type { Diagnostic } from '@/lib/language'
import type { Stored } from './actions'
import { type Reference, type SavingControl, useSaving } from './use-saving'

export interface DefinitionControl extends SavingControl {
  text: string
  setText: (next: string) => void
  /** When it was last edited, by the page's clock. */
  editedAt: { readonly current: number }
  /** The text differs from what is stored. */
  changed: boolean
  /** It is still what the page offered, nothing that anybody wrote. */
  untouched: boolean
  /** What the server found when it refused to save. */
  refused: readonly Diagnostic[]
}

export interface DefinitionOptions {
  reference: Reference
  stored: Stored
  /** What an environment that was never saved starts with. */
  placeholder: string
  /** Puts a text into the editor: sealed secrets after a save, a merged text after a conflict. */
  show: (text: string) => void
}

/** The text that is being edited, and what becomes of it. */
export function useDefinition({
  reference,
  stored,
  placeholder,
  show,
}: DefinitionOptions): DefinitionControl {
  const [text, setText] = useState(stored.definition === '' ? placeholder : stored.definition)
  const [refused, setRefused] = useState<readonly Diagnostic[]>([])
  const latestText = useRef(text)
  const editedAt = useRef(0)
  const edit = useCallback((next: string) => {
    latestText.current = next
    editedAt.current = performance.now()
    setText(next)
    setRefused([])
  }, [])
  const saving = useSaving({
    reference,
    stored,
    current: () => latestText.current,
    put: (next) => {
      show(next)
      edit(next)
    },
    onRefused: setRefused,
  })
  return {
    ...saving,
    text,
    setText: edit,
    editedAt,
    changed: text !== saving.stored.definition,
    untouched: text === placeholder && saving.stored.definition === '',
    refused,
  }
}
