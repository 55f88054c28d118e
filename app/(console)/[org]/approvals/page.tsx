import type { Metadata } from 'next'
import Link from 'next/link'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { cx } from '@/components/ui/cx'
import { EmptyState } from '@/components/ui/states'
import { listChangeRequests } from '@/lib/approvals/change-requests'
import { Refused } from '../../refused'
import { RequestList } from './request-list'

export const metadata: Metadata = { title: text.approvals.title }

interface Props {
  params: Promise<{ org: string }>
  searchParams: Promise<{ show?: string | string[]; after?: string | string[] }>
}

const shows = ['waiting', 'mine', 'all'] as const

export default async function ApprovalsPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const { show: asked, after } = await searchParams
  const show = shows.find((one) => one === asked) ?? 'waiting'
  const found = await attempt(() =>
    listChangeRequests(actor, { organization, show, count: 50, after: Number(after) || 0 }),
  )
  if (!found.ok) return <Refused refusal={found} />
  const { changeRequests, next } = found.value
  return (
    <>
      <PageHeader>
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="text-lg font-semibold">{text.approvals.title}</h1>
          <Shows organization={organization} current={show} />
        </div>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        {changeRequests.length > 0 ? (
          <RequestList organization={organization} requests={changeRequests} />
        ) : (
          <EmptyState title={text.approvals.emptyTitles[show]}>
            <p>{text.approvals.emptyBodies[show]}</p>
          </EmptyState>
        )}
        {next === undefined ? null : (
          <Link href={`?${new URLSearchParams({ show, after: String(next) })}`} className="ml-4 underline">
            {text.audit.more}
          </Link>
        )}
      </div>
    </>
  )
}

function Shows({ organization, current }: { organization: string; current: (typeof shows)[number] }) {
  return (
    <nav aria-label={text.approvals.filter} className="flex flex-wrap items-center gap-0.5">
      {shows.map((show) => (
        <Link
          key={show}
          href={`/${organization}/approvals?show=${show}`}
          aria-current={show === current ? 'page' : undefined}
          className={cx(
            'rounded px-2 py-0.5 text-xs',
            show === current ? 'bg-hover font-semibold' : 'text-muted hover:bg-hover hover:text-fg',
          )}
        >
          {text.approvals.shows[show]}
        </Link>
      ))}
    </nav>
  )
}
