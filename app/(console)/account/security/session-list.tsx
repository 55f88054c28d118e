'use client'

import { useTransition } from 'react'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import type { SessionSummary } from '@/lib/access/sessions'
import { revoke } from './actions'
import { browserName } from './browser-name'

export function SessionList({ sessions }: { sessions: SessionSummary[] }) {
  return (
    <ul className="border-t border-line">
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ul>
  )
}

function SessionRow({ session }: { session: SessionSummary }) {
  const [busy, start] = useTransition()
  const toast = useToast()
  const browser = browserName(session.userAgent) ?? text.account.unknownBrowser
  const address = session.address || text.account.addressUnknown
  const end = () =>
    start(async () => {
      const outcome = await revoke({ id: session.id }).catch(() => undefined)
      toast(
        outcome?.ok
          ? { title: text.account.sessionRevoked }
          : { title: outcome?.message || text.common.unreachable, tone: 'error' },
      )
    })
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-6 gap-y-0.5 border-b border-line px-4 py-1.5 hover:bg-raised">
      <span className="min-w-0 flex-[2_1_14rem] truncate" title={session.userAgent}>
        <span className="font-semibold">{browser}</span>{' '}
        <span className="font-mono text-xs text-muted">{address}</span>
      </span>
      <span className="flex-[1_1_10rem] text-muted">
        <span className="text-xs">{text.account.lastSeen}</span> <Ago at={session.lastSeenAt} />
      </span>
      {session.current ? (
        <span className="text-xs text-ok">{text.account.currentSession}</span>
      ) : (
        <Button
          size="sm"
          look="ghost"
          className="hover:text-error"
          busy={busy}
          aria-label={text.account.revokeSession(`${browser} ${address}`)}
          onClick={end}
        >
          {text.account.revoke}
        </Button>
      )}
    </li>
  )
}
