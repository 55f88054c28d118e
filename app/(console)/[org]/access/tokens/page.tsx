import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { AccessHeader } from '@/components/access/access-header'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import type { Actor } from '@/lib/access/actor'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listRoles } from '@/lib/organizations/roles'
import { listSharedTokens, type SharedTokenSummary } from '@/lib/organizations/shared-tokens'
import { listTeams } from '@/lib/organizations/teams'
import { Refused } from '../../../refused'
import { CreateToken } from './create-token'
import { TokenList } from './token-list'

export const metadata: Metadata = { title: text.sharedTokens.title }

interface Props {
  params: Promise<{ org: string }>
}

export default async function SharedTokensPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const found = await attempt(() => load(actor, organization))
  if (!found.ok) return <Refused refusal={found} />
  const { held, tokens, teams, roles } = found.value
  const forOrganization = held.has('org_token:create')
  const ofTeams = held.has('team:create_token') ? teams : []
  const kinds: SharedTokenSummary['kind'][] = [
    ...(held.has('org_token:delete') ? ['organization' as const] : []),
    ...(held.has('team:delete_token') ? ['team' as const] : []),
  ]
  return (
    <>
      <AccessHeader
        organization={organization}
        section="tokens"
        actions={
          forOrganization || ofTeams.length > 0 ? (
            <CreateToken
              organization={organization}
              teams={ofTeams}
              roles={roles.map(({ id, name }) => ({ id, name }))}
              forOrganization={forOrganization}
            />
          ) : null
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <p className="px-4 py-3 text-muted">{text.sharedTokens.body}</p>
        {tokens.length > 0 ? (
          <TokenList organization={organization} tokens={tokens} mayRevoke={kinds} />
        ) : (
          <EmptyState title={text.sharedTokens.empty}>
            <p>{text.sharedTokens.emptyBody}</p>
          </EmptyState>
        )}
      </div>
    </>
  )
}

/** Tokens of the organization, which the page is refused without, and those of teams for who may see them. */
async function load(actor: Actor, organization: string) {
  const held = await heldScopes(actor, { organization })
  const [own, teams, roles] = await Promise.all([
    listSharedTokens(actor, { organization }),
    held.has('team:list') ? listTeams(actor, { organization }) : [],
    held.has('role:read') ? listRoles(actor, { organization }) : [],
  ])
  const names = teams.map(({ name }) => name)
  const ofTeams = held.has('team:list_tokens')
    ? await Promise.all(names.map((team) => listSharedTokens(actor, { organization, team })))
    : []
  return { held, tokens: [...own, ...ofTeams.flat()], teams: names, roles }
}
