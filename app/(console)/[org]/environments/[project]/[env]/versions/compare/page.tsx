import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { readEnvironment } from '@/lib/environments/read'
import { Refused } from '../../../../../../refused'
import { Header } from '../../header'
import { Comparison } from './comparison'

export const metadata: Metadata = { title: text.versions.compare }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
  searchParams: Promise<{ from?: string; to?: string }>
}

export default async function ComparePage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const { from = '1', to = 'latest' } = await searchParams
  const reference = { organization, project, name }
  const found = await attempt(() =>
    Promise.all([from, to].map((version) => readEnvironment(actor, { ...reference, version }))),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [older, newer] = found.value
  if (!older || !newer) return null
  return (
    <>
      <Header reference={older.environment} section="versions" />
      <Comparison
        latest={newer.environment.latestRevision}
        from={{ revision: older.revision, definition: older.definition }}
        to={{ revision: newer.revision, definition: newer.definition }}
      />
    </>
  )
}
