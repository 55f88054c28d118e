'use client'

import { roleLabel } from '@/components/access/role-choice'
import { Fact, PartHeading, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { InvitationSummary } from '@/lib/organizations/invitations'
import { revokeInvitation } from './actions'

export interface InvitationListProps {
  organization: string
  invitations: InvitationSummary[]
  mayRevoke: boolean
}

export function InvitationList({ organization, invitations, mayRevoke }: InvitationListProps) {
  const [busy, run] = useAction()
  const revoke = (id: string) =>
    run({ work: () => revokeInvitation({ organization, id }), done: () => text.members.canceled })
  return (
    <section aria-label={text.members.invitations}>
      <PartHeading title={text.members.invitations} />
      {invitations.length === 0 ? (
        <p className="px-4 text-muted">{text.members.invitationsEmpty}</p>
      ) : (
        <Rows label={text.members.invitations}>
          {invitations.map((invitation) => {
            const { id, email, expiresAt, status } = invitation
            const who = email ?? text.members.anyone
            return (
              <Row key={id}>
                <RowName>{who}</RowName>
                <Fact label={text.members.role}>{roleLabel(invitation)}</Fact>
                <Fact>{text.members.status[status]}</Fact>
                {status === 'pending' || status === 'expired' ? (
                  <Fact label={status === 'expired' ? text.members.expired : text.members.expires}>
                    <Ago at={expiresAt} />
                  </Fact>
                ) : (
                  <Fact>{null}</Fact>
                )}
                <RowActions>
                  {mayRevoke && status === 'pending' ? (
                    <Button
                      look="ghost"
                      size="sm"
                      disabled={busy}
                      aria-label={text.members.revokeNamed(who)}
                      onClick={() => revoke(id)}
                    >
                      {text.members.cancelInvitation}
                    </Button>
                  ) : null}
                </RowActions>
              </Row>
            )
          })}
        </Rows>
      )}
    </section>
  )
}
