'use client'

import { useState, useTransition } from 'react'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { useToast } from '@/components/ui/toast'
import type { AccessTokenSummary } from '@/lib/access/tokens'
import { revoke } from './actions'

export function TokenTable({ tokens }: { tokens: AccessTokenSummary[] }) {
  const [chosen, setChosen] = useState<AccessTokenSummary>()
  return (
    <>
      <ul className="border-t border-line">
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => setChosen(token)} />
        ))}
      </ul>
      {chosen ? <ConfirmRevoke token={chosen} onClose={() => setChosen(undefined)} /> : null}
    </>
  )
}

function nameOf({ description, name }: AccessTokenSummary): string {
  return description || name
}

function TokenRow({ token, onRevoke }: { token: AccessTokenSummary; onRevoke: () => void }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-6 gap-y-0.5 border-b border-line px-4 py-1.5 hover:bg-raised">
      <span className="min-w-0 flex-[2_1_14rem] truncate">
        <span className="font-semibold">{nameOf(token)}</span>{' '}
        <span className="font-mono text-xs text-muted">…{token.hint}</span>
      </span>
      <Fact label={text.account.created}>
        <Ago at={token.createdAt} />
      </Fact>
      <Fact label={text.account.lastUsed}>
        {token.lastUsedAt ? <Ago at={token.lastUsedAt} /> : text.common.never}
      </Fact>
      <Fact label={text.account.expires}>
        {token.expiresAt ? <Ago at={token.expiresAt} /> : text.account.expiryNever}
      </Fact>
      <Button
        size="sm"
        look="ghost"
        className="hover:text-error"
        aria-label={text.account.revokeToken(nameOf(token))}
        onClick={onRevoke}
      >
        {text.account.revoke}
      </Button>
    </li>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className="flex-[1_1_8rem] text-muted">
      <span className="text-xs">{label}</span> {children}
    </span>
  )
}

function ConfirmRevoke({ token, onClose }: { token: AccessTokenSummary; onClose: () => void }) {
  const [busy, start] = useTransition()
  const toast = useToast()
  const confirm = () =>
    start(async () => {
      const outcome = await revoke({ id: token.id }).catch(() => undefined)
      toast(
        outcome?.ok
          ? { title: text.account.tokenRevoked(nameOf(token)) }
          : { title: outcome?.message || text.common.unreachable, tone: 'error' },
      )
      onClose()
    })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.account.revokeTokenTitle(nameOf(token))}
      description={text.account.revokeTokenBody}
    >
      <DialogActions>
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button look="danger" busy={busy} onClick={confirm}>
          {text.account.revoke}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
