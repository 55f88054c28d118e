import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { listEnvironments, projects } from '@/lib/environments/list'
import { Refused } from '../../refused'
import { CreateEnvironment } from './create-environment'
import { DeletedLink } from './deleted-link'
import { EnvironmentList } from './environment-list'
import { NoEnvironments } from './no-environments'
import { Search } from './search'

export const metadata: Metadata = { title: text.environments.title }

interface Props {
  params: Promise<{ org: string }>
  searchParams: Promise<{ q?: string | string[]; after?: string | string[]; create?: string }>
}

const pageSize = 200

export default async function EnvironmentsPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const { q, after, create: wantsCreate } = await searchParams
  const search = typeof q === 'string' ? q : ''
  const cursor = typeof after === 'string' ? after : undefined
  const found = await attempt(() =>
    Promise.all([
      listEnvironments(actor, { organization, search, cursor, limit: pageSize }),
      projects(actor, { organization }),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environments, next }, known] = found.value
  return (
    <>
      <PageHeader actions={<DeletedLink organization={organization} />}>
        <h1 className="text-lg font-semibold">{text.environments.title}</h1>
        <Search initial={search} />
        <CreateEnvironment
          key={String(wantsCreate)}
          organization={organization}
          projects={known}
          initiallyOpen={wantsCreate !== undefined}
        />
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {environments.length === 0 ? (
          <NoEnvironments organization={organization} search={search} />
        ) : (
          <EnvironmentList environments={environments} next={next} search={search} />
        )}
      </div>
    </>
  )
}
