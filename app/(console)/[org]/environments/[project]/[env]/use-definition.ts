'use client'

import { useCallback, useRef, useState } from 'react'
import { text as messages } from '@/components/messages'
import { useToast } from '@/components/ui/toast'
import type { Diagnostic } from '@/lib/language'
import { readLatest, type Stored, save as saveAction } from './actions'

export interface Reference {
  organization: string
  project: string
  name: string
}

export interface DefinitionControl {
  text: string
  setText: (next: string) => void
  stored: Stored
  /** The text differs from what is stored. */
  changed: boolean
  /** It is still what the page offered, nothing that anybody wrote. */
  untouched: boolean
  saving: boolean
  /** What the server found when it refused to save. */
  refused: readonly Diagnostic[]
  /** @returns whether the text is now what is stored */
  save: (override?: { text: string; etag: string }) => Promise<boolean>
  /** Somebody else saved first: theirs, until the person has decided. */
  conflict: Stored | undefined
  dropConflict: () => void
  takeTheirs: () => void
}

export interface DefinitionOptions {
  reference: Reference
  stored: Stored
  /** What an environment that was never saved starts with. */
  placeholder: string
  /** Puts a text into the editor: sealed secrets after a save, theirs after a conflict. */
  show: (text: string) => void
}

/** The text that is being edited and the one that is stored, and how the first becomes the second. */
export function useDefinition({
  reference,
  stored: first,
  placeholder,
  show,
}: DefinitionOptions): DefinitionControl {
  const [text, setText] = useState(first.definition === '' ? placeholder : first.definition)
  const [stored, setStored] = useState(first)
  const [saving, setSaving] = useState(false)
  const [refused, setRefused] = useState<readonly Diagnostic[]>([])
  const [conflict, setConflict] = useState<Stored>()
  const toast = useToast()
  const latestText = useRef(text)
  const edit = useCallback((next: string) => {
    latestText.current = next
    setText(next)
    setRefused([])
  }, [])

  const afterRefusal = async (code: string, message: string) => {
    if (code !== 'etag_mismatch') {
      return toast({ title: messages.editor.saveFailed, detail: explain(code, message), tone: 'error' })
    }
    const theirs = await readLatest(reference).catch(() => undefined)
    if (theirs?.ok) setConflict(theirs.value)
    else toast({ title: messages.editor.saveFailed, detail: messages.common.unreachable, tone: 'error' })
  }

  const save: DefinitionControl['save'] = async (override) => {
    const sent = override ?? { text: latestText.current, etag: stored.etag }
    setSaving(true)
    const outcome = await saveAction({ ...reference, definition: sent.text, etag: sent.etag }).catch(
      () => undefined,
    )
    setSaving(false)
    if (!outcome?.ok) {
      setRefused(outcome?.diagnostics ?? [])
      await afterRefusal(outcome?.code ?? 'unreachable', outcome?.message ?? '')
      return false
    }
    const { revision, definition, etag, changed } = outcome.value
    setStored({ revision, definition, etag })
    setConflict(undefined)
    // Who typed on while the save was under way keeps what they typed; it is saved next time.
    const typedOn = override === undefined && latestText.current !== sent.text
    if (!typedOn) {
      show(definition)
      edit(definition)
    }
    toast({ title: changed ? messages.editor.saved(revision) : messages.editor.identical })
    return !typedOn
  }

  return {
    text,
    setText: edit,
    stored,
    changed: text !== stored.definition,
    untouched: text === placeholder && stored.definition === '',
    saving,
    refused,
    save,
    conflict,
    dropConflict: () => setConflict(undefined),
    takeTheirs: () => {
      if (!conflict) return
      setStored(conflict)
      show(conflict.definition)
      edit(conflict.definition)
      setConflict(undefined)
    },
  }
}

function explain(code: string, message: string): string {
  switch (code) {
    case 'diagnostics':
      return messages.editor.saveProblems
    case 'forbidden':
      return messages.editor.saveForbidden
    case 'too_large':
      return messages.editor.saveTooLarge
    case 'unreachable':
      return messages.common.unreachable
    default:
      return message || messages.common.unexpected
  }
}
