import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { AccessHeader } from '@/components/access/access-header'
import { text } from '@/components/messages'
import type { Actor } from '@/lib/access/actor'
import { config } from '@/lib/config'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listMembers } from '@/lib/organizations/members'
import { listRoles } from '@/lib/organizations/roles'
import { listTeamGrants } from '@/lib/organizations/team-grants'
import { readTeam } from '@/lib/organizations/teams'
import { Refused } from '../../../../refused'
import { DeleteTeam } from './delete-team'
import { TeamGrants } from './team-grants'
import { TeamGroups } from './team-groups'
import { TeamMembers } from './team-members'
import { TeamRoles } from './team-roles'

export const metadata: Metadata = { title: text.teams.title }

interface Props {
  params: Promise<{ org: string; team: string }>
}

export default async function TeamPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, team: name } = await params
  const found = await attempt(() => load(actor, { organization, team: decodeURIComponent(name) }))
  if (!found.ok) return <Refused refusal={found} />
  const { held, team, grants, members, roles } = found.value
  const reference = { organization, team: team.name }
  const providers = config().singleSignOn.map(({ name, issuer }) => ({ name, issuer }))
  const mayUpdate = held.has('team:update')
  return (
    <>
      <AccessHeader
        organization={organization}
        section="teams"
        name={team.name}
        actions={held.has('team:delete') ? <DeleteTeam reference={reference} /> : null}
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        {team.description ? <p className="px-4 pt-3 text-muted">{team.description}</p> : null}
        <TeamMembers
          reference={reference}
          members={team.members}
          candidates={members.map(({ login }) => login)}
          mayChange={mayUpdate || team.viewerRole === 'admin'}
        />
        <TeamRoles
          reference={reference}
          roles={team.roles}
          candidates={roles.map(({ id, name }) => ({ id, name }))}
          mayChange={mayUpdate}
        />
        {providers.length > 0 || team.groups.length > 0 ? (
          <TeamGroups
            reference={reference}
            groups={team.groups}
            providers={providers}
            mayChange={mayUpdate}
          />
        ) : null}
        <TeamGrants organization={organization} grants={grants} />
      </div>
    </>
  )
}

async function load(actor: Actor, reference: { organization: string; team: string }) {
  const held = await heldScopes(actor, reference)
  const [team, grants, members, roles] = await Promise.all([
    readTeam(actor, reference),
    listTeamGrants(actor, reference),
    held.has('org_member:read') ? listMembers(actor, reference) : [],
    held.has('role:read') ? listRoles(actor, reference) : [],
  ])
  return { held, team, grants, members, roles }
}
