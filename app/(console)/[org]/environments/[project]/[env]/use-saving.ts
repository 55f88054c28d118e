'use client'

import { useState } from 'react'
import { conflictsIn, type MergePart, mergedText, mergeTexts } from '@/components/editor/merge'
import { text as messages } from '@/components/messages'
import { useToast } from '@/components/ui/toast'
import type { Saved } from '@/lib/environments/save'
import type { Diagnostic } from '@/lib/language'
import { type Latest, readLatest, type Stored, save as saveAction } from './actions'

export interface Reference {
  organization: string
  project: string
  name: string
}

/** Somebody else saved first and changed the same lines. */
export interface Conflict {
  theirs: Latest
  parts: readonly MergePart[]
}

export interface SavingControl {
  stored: Stored
  saving: boolean
  /** Goes with the next save, into the history. */
  message: string
  setMessage: (next: string) => void
  /** @returns whether the text is now what is stored */
  save: () => Promise<boolean>
  conflict: Conflict | undefined
  dropConflict: () => void
  /** Puts the decided text into the editor, on top of theirs, and saves it unless it is to be edited first. */
  resolve: (merged: string, then: 'edit' | 'save') => void
}

export interface SavingOptions {
  reference: Reference
  stored: Stored
  /** The text of the editor now. */
  current: () => string
  /** Replaces it. */
  put: (text: string) => void
  onRefused: (diagnostics: readonly Diagnostic[]) => void
}

/** Races lost in a row before the person is asked to try again. */
const mostAttempts = 5

/** What is stored, and how the text becomes it, whoever else saves meanwhile. */
export function useSaving({
  reference,
  stored: first,
  current,
  put,
  onRefused,
}: SavingOptions): SavingControl {
  const [stored, setStored] = useState(first)
  const [saving, setSaving] = useState(false)
  const [message, setMessage] = useState('')
  const [conflict, setConflict] = useState<Conflict>()
  const toast = useToast()

  const finish = (saved: Saved, { sent, mergedWith }: { sent: string; mergedWith: Latest | undefined }) => {
    const { revision, definition, etag, changed } = saved
    setStored({ revision, definition, etag })
    setMessage('')
    // Who typed on while the save was under way keeps what they typed; it is saved next time.
    const typedOn = current() !== sent
    if (!typedOn) put(definition)
    toast({
      title: changed ? messages.editor.saved(revision) : messages.editor.identical,
      ...(mergedWith && { detail: messages.editor.merged(mergedWith.revision, mergedWith.by) }),
    })
    return !typedOn
  }

  const refuse = ({ code, message, diagnostics = [] }: Refused) => {
    onRefused(diagnostics)
    toast({ title: messages.editor.saveFailed, detail: explain(code, message), tone: 'error' })
    return false
  }

  const send = async (base: Stored, { attempt, mergedWith }: SendOptions): Promise<boolean> => {
    const sent = current()
    const input = { ...reference, definition: sent, etag: base.etag, ...(message && { message }) }
    const outcome = await saveAction(input).catch(() => unreachable)
    if (outcome.ok) return finish(outcome.value, { sent, mergedWith })
    if (outcome.code === 'etag_mismatch' && attempt < mostAttempts) return rebase(base, attempt)
    return refuse(outcome)
  }

  /** On top of what somebody else saved: at once where the two do not touch, by the person where they do. */
  const rebase = async (base: Stored, attempt: number): Promise<boolean> => {
    const latest = await readLatest(reference).catch(() => unreachable)
    if (!latest.ok) return refuse(latest)
    const theirs = latest.value
    const parts = mergeTexts({ base: base.definition, mine: current(), theirs: theirs.definition })
    const merged = mergedText(parts)
    if (conflictsIn(parts).length > 0 || merged === undefined) {
      setConflict({ theirs, parts })
      return false
    }
    setStored(theirs)
    put(merged)
    return send(theirs, { attempt: attempt + 1, mergedWith: theirs })
  }

  const save = async (base: Stored): Promise<boolean> => {
    setSaving(true)
    const saved = await send(base, { attempt: 1 })
    setSaving(false)
    return saved
  }

  const resolve = (merged: string, then: 'edit' | 'save') => {
    if (!conflict) return
    setConflict(undefined)
    setStored(conflict.theirs)
    put(merged)
    if (then === 'save') void save(conflict.theirs)
  }

  const dropConflict = () => setConflict(undefined)
  return { stored, saving, message, setMessage, save: () => save(stored), conflict, dropConflict, resolve }
}

interface SendOptions {
  attempt: number
  /** Whose revision the text was merged with just now. */
  mergedWith?: Latest
}

type Refused = { ok: false; code: string; message: string; diagnostics?: readonly Diagnostic[] }

const unreachable: Refused = { ok: false, code: 'unreachable', message: '' }

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
