import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { AccessHeader } from '@/components/access/access-header'
import { text } from '@/components/messages'
import type { Actor } from '@/lib/access/actor'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listInvitations } from '@/lib/organizations/invitations'
import { listMembers } from '@/lib/organizations/members'
import { listRoles } from '@/lib/organizations/roles'
import { listTeams } from '@/lib/organizations/teams'
import { Refused } from '../../../refused'
import { InvitationList } from './invitation-list'
import { Invite } from './invite'
import { MemberList } from './member-list'

export const metadata: Metadata = { title: text.access.members }

interface Props {
  params: Promise<{ org: string }>
}

export default async function MembersPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() => load(actor, organization))
  if (!found.ok) return <Refused refusal={found} />
  const { held, members, roles, teams, invitations } = found.value
  const { principal } = actor
  const customRoles = roles.map(({ id, name }) => ({ id, name }))
  const mayInvite = held.has('invites:create')
  return (
    <>
      <AccessHeader
        organization={organization}
        section="members"
        actions={
          mayInvite ? (
            <Invite organization={organization} roles={customRoles} teams={teams.map(({ name }) => name)} />
          ) : null
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <MemberList
          organization={organization}
          members={members}
          roles={customRoles}
          viewer={principal.kind === 'person' ? principal.login : ''}
          mayChange={held.has('org_member:update')}
          mayRemove={held.has('org_member:delete')}
        />
        {invitations ? (
          <InvitationList organization={organization} invitations={invitations} mayRevoke={mayInvite} />
        ) : null}
      </div>
    </>
  )
}

/** What the viewer may not read is left out; only without the members there is no page. */
async function load(actor: Actor, organization: string) {
  const held = await heldScopes(actor, { organization })
  const [members, roles, teams, invitations] = await Promise.all([
    listMembers(actor, { organization }),
    held.has('role:read') ? listRoles(actor, { organization }) : [],
    held.has('team:list') ? listTeams(actor, { organization }) : [],
    held.has('invites:read') ? listInvitations(actor, { organization }) : undefined,
  ])
  return { held, members, roles, teams, invitations }
}
