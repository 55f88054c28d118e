import type { Metadata } from 'next'
import Link from 'next/link'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import type { Actor } from '@/lib/access/actor'
import { atLeast } from '@/lib/access/levels'
import { readEnvironment } from '@/lib/environments/read'
import { type EnvironmentReference, latestTag, qualifiedName } from '@/lib/environments/reference'
import { listReferrers } from '@/lib/environments/referrers'
import { listRevisionTags } from '@/lib/environments/revision-tags'
import { listRevisions } from '@/lib/environments/revisions'
import { Refused } from '../../../../../refused'
import { Header } from '../header'
import type { TagUsers } from './dialogs'
import { History } from './history'

export const metadata: Metadata = { title: text.versions.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
  searchParams: Promise<{ before?: string }>
}

const pageSize = 50

export default async function VersionsPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const reference = { organization, project, name }
  const before = Number((await searchParams).before) || 0
  const found = await attempt(() =>
    Promise.all([
      readEnvironment(actor, reference),
      listRevisions(actor, { ...reference, before, count: pageSize + 1 }),
      usersOfTags(actor, reference),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [{ environment, level, etag }, revisions, tagUsers] = found.value
  const shown = revisions.slice(0, pageSize)
  const last = shown.at(-1)
  return (
    <>
      <Header reference={environment} section="versions" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <History
          reference={reference}
          revisions={shown}
          latest={environment.latestRevision}
          etag={etag}
          tagUsers={tagUsers}
          mayWrite={atLeast(level, 'write')}
        />
        {last && revisions.length > pageSize ? (
          <Link href={`?before=${last.number}`} className={`${buttonClass()} m-4`}>
            {text.versions.olderLink}
          </Link>
        ) : null}
      </div>
    </>
  )
}

/** Moving a tag changes whoever pins it at once, so they are shown beforehand. */
async function usersOfTags(actor: Actor, reference: EnvironmentReference): Promise<TagUsers[]> {
  const tags = await listRevisionTags(actor, reference)
  const movable = tags.filter(({ name }) => name !== latestTag)
  return Promise.all(
    movable.map(async ({ name: tag }) => {
      const { referrers, hidden } = await listReferrers(actor, { ...reference, version: tag })
      return { tag, users: (referrers[tag] ?? []).map(qualifiedName), hidden }
    }),
  )
}
