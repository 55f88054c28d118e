import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import type { Actor } from '@/lib/access/actor'
import { atLeast } from '@/lib/access/levels'
import { readEnvironment } from '@/lib/environments/read'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { listGrants } from '@/lib/organizations/environment-access'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listMembers } from '@/lib/organizations/members'
import { listRoles } from '@/lib/organizations/roles'
import { listSharedTokens } from '@/lib/organizations/shared-tokens'
import { listTeams } from '@/lib/organizations/teams'
import { whoHasAccess } from '@/lib/organizations/who-has-access'
import { Refused } from '../../../../../refused'
import { Header } from '../header'
import { GiveAccess } from './give-access'
import { GrantList } from './grant-list'
import type { Holders } from './holders'
import { WhoCan } from './who-can'
import { Why } from './why'

export const metadata: Metadata = { title: text.grants.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
  searchParams: Promise<{ after?: string | string[] }>
}

export default async function EnvironmentAccessPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const { after } = await searchParams
  const reference = { organization, project, name }
  const cursor = typeof after === 'string' ? { cursor: after } : {}
  const found = await attempt(() =>
    Promise.all([
      readEnvironment(actor, reference),
      listGrants(actor, reference),
      whoHasAccess(actor, { ...reference, ...cursor }),
      holdersFor(actor, reference),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environment, level }, grants, { members, next }, holders] = found.value
  const mayChange = atLeast(level, 'admin')
  return (
    <>
      <Header reference={environment} section="access">
        {mayChange ? <GiveAccess reference={reference} holders={holders} /> : null}
      </Header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <GrantList reference={reference} grants={grants} mayChange={mayChange} />
        <WhoCan members={members} next={next} />
        <Why reference={reference} holders={holders} />
      </div>
    </>
  )
}

/** Whom the viewer may choose: only lists that they may read. */
async function holdersFor(actor: Actor, { organization }: EnvironmentReference): Promise<Holders> {
  const held = await heldScopes(actor, { organization })
  const [members, teams, roles, tokens] = await Promise.all([
    held.has('org_member:read') ? listMembers(actor, { organization }) : [],
    held.has('team:list') ? listTeams(actor, { organization }) : [],
    held.has('role:read') ? listRoles(actor, { organization }) : [],
    held.has('org_token:read') ? listSharedTokens(actor, { organization }) : [],
  ])
  const { principal } = actor
  // Who may list nobody can still ask about themselves.
  const logins = new Set(principal.kind === 'person' ? [principal.login] : [])
  for (const { login } of members) logins.add(login)
  return {
    logins: [...logins].sort(),
    teams: teams.map(({ name }) => name),
    roles: roles.map(({ id, name }) => ({ id, name })),
    tokens: tokens.map(({ id, name }) => ({ id, name })),
  }
}
