'use client'

import { useState } from 'react'
import { text } from '@/components/messages'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { allowCliLogin } from './actions'
import type { CliLoginRequest } from './request'

export function ConfirmCliLogin({ request }: { request: CliLoginRequest }) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const confirm = async () => {
    setBusy(true)
    const outcome = await allowCliLogin(request).catch(() => undefined)
    // `replace` keeps the address, which carries the answer, out of the history.
    if (outcome?.ok) return window.location.replace(outcome.value)
    setBusy(false)
    setRefusal(outcome?.message || text.common.unreachable)
  }
  return (
    <div className="flex flex-col gap-3">
      {refusal ? <Banner tone="error">{refusal}</Banner> : null}
      <Button look="primary" busy={busy} onClick={confirm}>
        {text.auth.cliLoginConfirm}
      </Button>
    </div>
  )
}
