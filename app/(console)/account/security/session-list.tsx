'use client'

import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { SessionSummary } from '@/lib/access/sessions'
import { revoke } from './actions'
import { browserName } from './browser-name'

export function SessionList({ sessions }: { sessions: SessionSummary[] }) {
  return (
    <Rows label={text.account.sessions}>
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </Rows>
  )
}

function SessionRow({ session }: { session: SessionSummary }) {
  const [busy, run] = useAction()
  const browser = browserName(session.userAgent) ?? text.account.unknownBrowser
  const address = session.address || text.account.addressUnknown
  return (
    <Row>
      <RowName>
        <span className="font-semibold" title={session.userAgent}>
          {browser}
        </span>{' '}
        <span className="font-mono text-xs text-muted">{address}</span>
      </RowName>
      <Fact label={text.account.lastSeen}>
        <Ago at={session.lastSeenAt} />
      </Fact>
      <RowActions>
        {session.current ? (
          <Badge>{text.account.currentSession}</Badge>
        ) : (
          <Button
            size="sm"
            look="ghost"
            busy={busy}
            aria-label={text.account.revokeSession(`${browser} ${address}`)}
            onClick={() =>
              run({ work: () => revoke({ id: session.id }), done: () => text.account.sessionRevoked })
            }
          >
            {text.account.revoke}
          </Button>
        )}
      </RowActions>
    </Row>
  )
}
