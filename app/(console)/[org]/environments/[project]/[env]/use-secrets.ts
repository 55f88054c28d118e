'use client'

import { useCallback } from 'react'
import { text } from '@/components/messages'
import type { Refusal } from '@/components/outcome'
import { useToast } from '@/components/ui/toast'
import { decrypt, reseal } from './secret-actions'
import type { Reference } from './use-saving'

/** Opening and sealing single secrets; refusals are told the person. */
export function useSecrets(reference: Reference) {
  const toast = useToast()
  const { organization, project, name } = reference
  const tell = useCallback(
    (refusal: Refusal | undefined) => {
      const detail = refusal === undefined ? text.common.unreachable : explain(refusal)
      toast({ title: text.secrets.failed, detail, tone: 'error' })
    },
    [toast],
  )
  const reveal = useCallback(
    async (ciphertext: string) => {
      const outcome = await decrypt({ organization, ciphertext }).catch(() => undefined)
      if (outcome?.ok) return outcome.value
      return void tell(outcome)
    },
    [organization, tell],
  )
  const sealAnew = useCallback(
    async (ciphertext: string) => {
      const outcome = await reseal({ organization, project, name, ciphertext }).catch(() => undefined)
      if (!outcome?.ok) return void tell(outcome)
      toast({ title: text.secrets.resealed(outcome.value.source) })
      return outcome.value.ciphertext
    },
    [organization, project, name, tell, toast],
  )
  return { reveal, reseal: sealAnew }
}

function explain({ code, message }: Refusal): string {
  if (code === 'forbidden') return text.secrets.forbidden
  return code === 'not_found' ? text.secrets.unknown : message || text.common.unexpected
}
