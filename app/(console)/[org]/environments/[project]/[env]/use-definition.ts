'use client'

import { useCallback, useRef, useState } from 'react'
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

export interface DefinitionControl {
  text: string
  setText: (next: string) => void
  stored: Stored
  /** The text differs from what is stored. */
  changed: boolean
  /** It is still what the page offered, nothing that anybody wrote. */
  untouched: boolean
  saving: boolean
  /** Goes with the next save, into the history. */
  message: string
  setMessage: (next: string) => void
  /** What the server found when it refused to save. */
  refused: readonly Diagnostic[]
  /** @returns whether the text is now what is stored */
  save: () => Promise<boolean>
  conflict: Conflict | undefined
  dropConflict: () => void
  /** Puts the decided text into the editor, on top of theirs, and saves it unless it is to be edited first. */
  resolve: (merged: string, then: 'edit' | 'save') => void
}

export interface DefinitionOptions {
  reference: Reference
  stored: Stored
  /** What an environment that was never saved starts with. */
  placeholder: string
  /** Puts a text into the editor: sealed secrets after a save, a merged text after a conflict. */
  show: (text: string) => void
}

/** The text that is being edited and the one that is stored, and how the first becomes the second. */
export function useDefinition(options: DefinitionOptions): DefinitionControl {
  const { reference, stored: first, placeholder, show } = options
  const [text, setText] = useState(first.definition === '' ? placeholder : first.definition)
  const [stored, setStored] = useState(first)
  const [saving, setSaving] = useState(false)
  const [message, setMessage] = useState('')
  const [refused, setRefused] = useState<readonly Diagnostic[]>([])
  const [conflict, setConflict] = useState<Conflict>()
  const toast = useToast()
  const latestText = useRef(text)
  const edit = useCallback((next: string) => {
    latestText.current = next
    setText(next)
    setRefused([])
  }, [])
  const put = (next: string) => {
    show(next)
    edit(next)
  }

  const finish = (saved: Saved, sent: string, mergedWith: Latest | undefined): boolean => {
    const { revision, definition, etag, changed } = saved
    setStored({ revision, definition, etag })
    setMessage('')
    // Who typed on while the save was under way keeps what they typed; it is saved next time.
    const typedOn = latestText.current !== sent
    if (!typedOn) put(definition)
    toast({
      title: changed ? messages.editor.saved(revision) : messages.editor.identical,
      ...(mergedWith && { detail: messages.editor.merged(mergedWith.revision, mergedWith.by) }),
    })
    return !typedOn
  }

  const refuse = (refusal: Pick<Refused, 'code' | 'message' | 'diagnostics'>): boolean => {
    setRefused(refusal.diagnostics ?? [])
    const detail = explain(refusal.code, refusal.message)
    toast({ title: messages.editor.saveFailed, detail, tone: 'error' })
    return false
  }

  /** On top of what somebody else saved: at once where the two do not touch, by the person where they do. */
  const rebase = async (base: Stored, attempt: number): Promise<boolean> => {
    const latest = await readLatest(reference).catch(() => undefined)
    if (!latest?.ok) return refuse({ code: 'unreachable', message: '' })
    const theirs = latest.value
    const parts = mergeTexts({ base: base.definition, mine: latestText.current, theirs: theirs.definition })
    const merged = mergedText(parts)
    if (conflictsIn(parts).length > 0 || merged === undefined) {
      setConflict({ theirs, parts })
      return false
    }
    setStored(theirs)
    put(merged)
    return send(theirs, { attempt: attempt + 1, mergedWith: theirs })
  }

  const send = async (base: Stored, { attempt = 1, mergedWith }: SendOptions = {}): Promise<boolean> => {
    const sent = latestText.current
    const outcome = await saveAction({
      ...reference,
      definition: sent,
      etag: base.etag,
      ...(message && { message }),
    }).catch(() => unreachable)
    if (outcome.ok) return finish(outcome.value, sent, mergedWith)
    if (outcome.code === 'etag_mismatch' && attempt < mostAttempts) return rebase(base, attempt)
    return refuse(outcome)
  }

  const save = async (base: Stored = stored): Promise<boolean> => {
    setSaving(true)
    const saved = await send(base)
    setSaving(false)
    return saved
  }

  return {
    text,
    setText: edit,
    stored,
    changed: text !== stored.definition,
    untouched: text === placeholder && stored.definition === '',
    saving,
    message,
    setMessage,
    refused,
    save: () => save(),
    conflict,
    dropConflict: () => setConflict(undefined),
    resolve: (merged, then) => {
      if (!conflict) return
      setConflict(undefined)
      setStored(conflict.theirs)
      put(merged)
      if (then === 'save') void save(conflict.theirs)
    },
  }
}

/** Races lost in a row before the person is asked to try again. */
const mostAttempts = 5

interface SendOptions {
  attempt?: number
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
