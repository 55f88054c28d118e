import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { compareEvaluations } from '@/components/preview/compare'
import type { Actor } from '@/lib/access/actor'
import { checkEnvironment } from '@/lib/environments/check'
import { readEnvironment } from '@/lib/environments/read'
import { qualifiedName, type VersionedReference } from '@/lib/environments/reference'
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
    Promise.all([
      readSide(actor, { ...reference, version: from }),
      readSide(actor, { ...reference, version: to }),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [older, newer] = found.value
  return (
    <>
      <Header reference={older.environment} section="versions" />
      <Comparison
        latest={newer.environment.latestRevision}
        values={compareEvaluations(older, newer)}
        from={{ revision: older.revision, definition: older.definition }}
        to={{ revision: newer.revision, definition: newer.definition }}
      />
    </>
  )
}

/** A revision's text and what it means today, no provider called and no secret opened. */
async function readSide(actor: Actor, reference: VersionedReference) {
  const content = await readEnvironment(actor, reference)
  const version = String(content.revision)
  const { environment: evaluation } = await checkEnvironment(actor, { ...reference, version })
  return { ...content, evaluation, ownNames: [content.environment.name, qualifiedName(content.environment)] }
}
