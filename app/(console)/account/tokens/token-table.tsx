'use client'

import { Confirm } from '@/components/access/confirm'
import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import type { AccessTokenSummary } from '@/lib/access/tokens'
import { revoke } from './actions'

export function TokenTable({ tokens }: { tokens: AccessTokenSummary[] }) {
  return (
    <Rows label={text.account.tokensTitle}>
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
    </Rows>
  )
}

function TokenRow({ token }: { token: AccessTokenSummary }) {
  const name = token.description || token.name
  return (
    <Row>
      <RowName>
        <span className="font-semibold">{name}</span>{' '}
        <span className="font-mono text-xs text-muted">…{token.hint}</span>
      </RowName>
      <Fact label={text.account.created}>
        <Ago at={token.createdAt} />
      </Fact>
      <Fact label={text.account.lastUsed}>
        {token.lastUsedAt ? <Ago at={token.lastUsedAt} /> : text.common.never}
      </Fact>
      <Fact label={text.account.expires}>
        {token.expiresAt ? <Ago at={token.expiresAt} /> : text.account.expiryNever}
      </Fact>
      <DialogButton
        label={text.account.revoke}
        accessibleName={text.account.revokeToken(name)}
        button={{ look: 'ghost', size: 'sm' }}
        title={text.account.revokeTokenTitle(name)}
        description={text.account.revokeTokenBody}
      >
        {(close) => (
          <Confirm
            work={() => revoke({ id: token.id })}
            submit={text.account.revoke}
            done={() => text.account.tokenRevoked(name)}
            onClose={close}
          />
        )}
      </DialogButton>
    </Row>
  )
}
