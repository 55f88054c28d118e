import type { Metadata } from 'next'
import Link from 'next/link'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { AccessHeader } from '@/components/access/access-header'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listTeams, type TeamSummary } from '@/lib/organizations/teams'
import { Refused } from '../../../refused'
import { CreateTeam } from './create-team'

export const metadata: Metadata = { title: text.teams.title }

interface Props {
  params: Promise<{ org: string }>
}

export default async function TeamsPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() =>
    Promise.all([listTeams(actor, { organization }), heldScopes(actor, { organization })]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [teams, held] = found.value
  return (
    <>
      <AccessHeader
        organization={organization}
        section="teams"
        actions={held.has('team:create') ? <CreateTeam organization={organization} /> : null}
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        {teams.length > 0 ? (
          <TeamRows organization={organization} teams={teams} />
        ) : (
          <EmptyState title={text.teams.empty}>
            <p>{text.teams.emptyBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}

function TeamRows({ organization, teams }: { organization: string; teams: TeamSummary[] }) {
  return (
    <Rows label={text.teams.title}>
      {teams.map(({ id, name, displayName, description, members, roles }) => (
        <Row key={id}>
          <RowName>
            <Link href={`/${organization}/access/teams/${name}`} className="font-semibold hover:text-accent">
              {name}
            </Link>{' '}
            <span className="text-muted">{displayName}</span>
          </RowName>
          <Fact>{description}</Fact>
          <Fact>{text.teams.membersCount(members.length)}</Fact>
          <Fact label={text.teams.roles}>{roles.map((role) => role.name).join(', ') || '–'}</Fact>
        </Row>
      ))}
    </Rows>
  )
}
