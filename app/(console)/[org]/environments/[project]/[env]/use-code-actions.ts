'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ModelContext } from '@/components/editor/language-providers'
import type { ProblemFix } from '@/components/editor/problems'
import { text as messages } from '@/components/messages'
import { useToast } from '@/components/ui/toast'
import type { Diagnostic } from '@/lib/language'
import type { CodeAction, NewEnvironment } from '@/lib/language/analysis'
import {
  type EditResult,
  listSecrets,
  replaceCiphertext,
  type SealedSecret,
  sealedSecretAt,
  unseal,
} from '@/lib/language/edit'
import type { useSecrets } from './use-secrets'

export interface CodeActionsOptions {
  context: ModelContext
  definition: string
  onEdit: (next: string) => void
  secrets: ReturnType<typeof useSecrets>
}

/** The actions in the editor that take more than an edit of the text. */
export function useCodeActions({ context, definition, onEdit, secrets }: CodeActionsOptions) {
  const toast = useToast()
  const [extraction, setExtraction] = useState<NewEnvironment>()
  const latest = useRef(definition)
  useEffect(() => {
    latest.current = definition
  })
  const take = (result: EditResult) => {
    if (result.ok) onEdit(result.text)
    else toast({ title: messages.secrets.notPlaced, detail: result.message, tone: 'error' })
  }
  // The text may have moved on while the server was asked: the place is found again by its path.
  const decrypt = async ({ path, ciphertext }: SealedSecret) => {
    const plaintext = await secrets.reveal(ciphertext)
    if (plaintext !== undefined) take(unseal(latest.current, path, plaintext))
  }
  const reseal = async ({ path, ciphertext }: SealedSecret) => {
    const own = await secrets.reseal(ciphertext)
    if (own !== undefined) take(replaceCiphertext(latest.current, path, own))
  }
  const run = ({ id, secret, newEnvironment }: CodeAction) => {
    if (newEnvironment) setExtraction(newEnvironment)
    else if (secret) void (id === 'reseal-here' ? reseal(secret) : decrypt(secret))
  }
  const latestRun = useRef(run)
  useEffect(() => {
    latestRun.current = run
  })
  const onAction = useCallback((action: CodeAction) => latestRun.current(action), [])
  const withActions = useMemo(() => ({ ...context, onAction }), [context, onAction])
  const fixFor = ({ code, path }: Diagnostic): ProblemFix | undefined => {
    if (code !== 'ciphertext' || !path) return undefined
    const run = () => {
      const secret = sealedAt(definition, path)
      if (secret) void reseal(secret)
      else toast({ title: messages.secrets.notPlaced, tone: 'error' })
    }
    return { label: messages.secrets.resealShort, run }
  }
  return { context: withActions, fixFor, extraction, endExtraction: () => setExtraction(undefined) }
}

function sealedAt(definition: string, path: string): SealedSecret | undefined {
  const call = listSecrets(definition).find((secret) => secret.sealed && secret.path === path)
  return call && sealedSecretAt(definition, call.range.start.offset)
}
