import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import type { Actor } from '@/lib/access/actor'
import { browseEnvironments } from '@/lib/environments/browse'
import { listOrganizationTags } from '@/lib/environments/environment-tags'
import { projects } from '@/lib/environments/list'
import { issuerV1 } from '@/lib/oidc/token'
import { heldScopes } from '@/lib/organizations/held-scopes'
import { listMembers } from '@/lib/organizations/members'
import { listProviders } from '@/lib/providers/registry'
import { Refused } from '../../refused'
import { CreateEnvironment } from './create/create-environment'
import { starts } from './create/draft'
import { DeletedLink } from './deleted-link'
import { EnvironmentList } from './environment-list'
import { ListControls } from './list-controls'
import { browsingOf, isFiltered, type ListView, type Parameters, readView } from './list-view'
import { NoEnvironments, NoMatches } from './no-environments'
import { Search } from './search'

export const metadata: Metadata = { title: text.environments.title }

interface Props {
  params: Promise<{ org: string }>
  searchParams: Promise<Parameters>
}

const pageSize = 200

export default async function EnvironmentsPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const parameters = await searchParams
  const view = readView(parameters)
  const found = await attempt(() => load(actor, organization, view))
  if (!found.ok) return <Refused refusal={found} />
  const { page, known, tags, mayCreate, administrators } = found.value
  const filtered = isFiltered(view)
  const bare = page.total === 0 && !filtered
  return (
    <>
      <PageHeader>
        <h1 className="text-lg font-semibold">{text.environments.title}</h1>
        {bare ? null : <Search view={view} />}
        {mayCreate ? (
          <CreateEnvironment
            key={String(parameters.create)}
            organization={organization}
            projects={known}
            providers={listProviders().map(({ name }) => name)}
            issuer={issuerV1()}
            initialStart={starts.find((start) => start === parameters.create) ?? 'example'}
            initiallyOpen={parameters.create !== undefined}
          />
        ) : null}
      </PageHeader>
      {bare ? null : (
        <ListControls view={view} projects={known} tags={tags} total={page.total}>
          <DeletedLink organization={organization} />
        </ListControls>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {bare ? (
          <NoEnvironments organization={organization} mayCreate={mayCreate} administrators={administrators} />
        ) : null}
        {page.total === 0 && filtered ? <NoMatches view={view} /> : null}
        <EnvironmentList page={page} view={view} />
      </div>
    </>
  )
}

/** What the person may not read is left out; only without the environments there is no page. */
async function load(actor: Actor, organization: string, view: ListView) {
  const held = await heldScopes(actor, { organization })
  const [page, known, tags] = await Promise.all([
    browseEnvironments(actor, { organization, ...browsingOf(view), limit: pageSize }),
    projects(actor, { organization }),
    held.has('environment_tags:list') ? listOrganizationTags(actor, { organization }) : {},
  ])
  const asksWho = page.total === 0 && held.has('org_member:read')
  const members = asksWho ? await listMembers(actor, { organization }) : []
  const administrators = members.filter(({ role }) => role === 'admin').map(({ login }) => login)
  return { page, known, tags, mayCreate: held.has('environment:create'), administrators }
}
