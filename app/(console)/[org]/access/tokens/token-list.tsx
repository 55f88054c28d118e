'use client'

import { ConfirmTyped } from '@/components/access/confirm-typed'
import { DialogButton } from '@/components/access/dialog-button'
import { roleLabel } from '@/components/access/role-choice'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import type { SharedTokenSummary } from '@/lib/organizations/shared-tokens'
import { revoke } from './actions'

export interface TokenListProps {
  organization: string
  tokens: SharedTokenSummary[]
  /** Kinds of tokens that the viewer may revoke. */
  mayRevoke: SharedTokenSummary['kind'][]
}

export function TokenList({ organization, tokens, mayRevoke }: TokenListProps) {
  return (
    <Rows label={text.sharedTokens.title}>
      {tokens.map((token) => (
        <Row key={token.id}>
          <TokenFacts token={token} />
          {mayRevoke.includes(token.kind) ? <Revoke organization={organization} token={token} /> : null}
        </Row>
      ))}
    </Rows>
  )
}

function TokenFacts({ token }: { token: SharedTokenSummary }) {
  const { name, hint, team, createdAt, createdBy, lastUsedAt, expiresAt } = token
  return (
    <>
      <RowName>
        <span className="font-semibold">{name}</span>{' '}
        <span className="font-mono text-xs text-muted">…{hint}</span>
      </RowName>
      <Fact label={text.sharedTokens.owner}>
        {team === undefined ? roleLabel(token) : text.sharedTokens.forTeam(team)}
      </Fact>
      <Fact label={text.account.created}>
        <Ago at={createdAt} /> {createdBy}
      </Fact>
      <Fact label={text.account.lastUsed}>{lastUsedAt ? <Ago at={lastUsedAt} /> : text.common.never}</Fact>
      <Fact label={text.account.expires}>
        {expiresAt ? <Ago at={expiresAt} /> : text.account.expiryNever}
      </Fact>
    </>
  )
}

function Revoke({ organization, token }: { organization: string; token: SharedTokenSummary }) {
  const { id, name, team } = token
  return (
    <DialogButton
      label={text.sharedTokens.revoke}
      accessibleName={text.sharedTokens.revokeNamed(name)}
      button={{ look: 'ghost', size: 'sm' }}
      title={text.sharedTokens.revokeNamed(name)}
      description={text.sharedTokens.revokeBody}
    >
      {(close) => (
        <ConfirmTyped
          word={name}
          submit={text.sharedTokens.revoke}
          done={text.sharedTokens.revoked(name)}
          work={() => revoke({ organization, id, ...(team !== undefined && { team }) })}
          onClose={close}
        />
      )}
    </DialogButton>
  )
}
