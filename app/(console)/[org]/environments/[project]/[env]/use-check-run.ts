'use client'

import { useCallback, useRef } from 'react'
import { requestJson } from '@/components/editor/request'
import { share } from '@/components/preview/share'
import type { Checked, CheckRun } from '@/components/preview/use-check'

/**
 * Asks the server to check a text.
 *
 * @param address of the environment's page
 */
export function useCheckRun(address: string): CheckRun {
  const before = useRef<Checked>(undefined)
  return useCallback(
    async (definition, signal) => {
      const body = { definition }
      const answer = await requestJson<Checked>(`${address}/check`, { method: 'POST', body, signal })
      if (!answer.ok) throw new Error(answer.code)
      before.current = share(before.current, answer.value)
      return before.current
    },
    [address],
  )
}
