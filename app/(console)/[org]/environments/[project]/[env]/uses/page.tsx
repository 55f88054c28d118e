import type { Metadata } from 'next'
import Link from 'next/link'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { text } from '@/components/messages'
import { EmptyState } from '@/components/ui/states'
import { listReferrers } from '@/lib/environments/referrers'
import { Refused } from '../../../../../refused'
import { Header } from '../header'

export const metadata: Metadata = { title: text.uses.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
}

export default async function UsesPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const reference = { organization, project, name }
  const found = await attempt(() => listReferrers(actor, { ...reference, count: 500 }))
  if (!found.ok) return <Refused refusal={found} />
  const { referrers, hidden } = found.value
  const versions = Object.entries(referrers)
  return (
    <>
      <Header reference={reference} section="uses" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {versions.length === 0 && hidden === 0 ? (
          <EmptyState title={text.uses.empty}>
            <p>{text.uses.emptyBody}</p>
          </EmptyState>
        ) : (
          <p className="px-4 py-3 text-muted">{text.uses.body}</p>
        )}
        {versions.map(([version, users]) => (
          <section key={version}>
            <h2 className="border-y border-line bg-raised px-4 py-1.5 font-semibold">
              {text.uses.version(version)}
            </h2>
            <ul>
              {users.map((user) => (
                <li
                  key={`${user.project}/${user.name}`}
                  className="flex h-8 items-center gap-4 border-b border-line px-4 hover:bg-raised"
                >
                  <Link
                    href={`/${organization}/environments/${user.project}/${user.name}`}
                    className="font-mono font-semibold hover:text-accent"
                  >
                    {user.project}/{user.name}
                  </Link>
                  <span className="text-muted">{text.uses.revision(user.revision)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {hidden > 0 ? <p className="px-4 py-3 text-muted">{text.uses.hidden(hidden)}</p> : null}
      </div>
    </>
  )
}
