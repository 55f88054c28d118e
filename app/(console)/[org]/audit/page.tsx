import type { Metadata } from 'next'
import Link from 'next/link'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/states'
import { auditLog } from '@/lib/organizations/audit-log'
import { Refused } from '../../refused'
import { EntryList } from './entry-list'
import { type FilterQuery, filterOf, readQuery } from './filter'
import { FilterForm } from './filter-form'
import { VerifyChain } from './verify-chain'

export const metadata: Metadata = { title: text.audit.title }

interface Props {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const pageSize = 100

export default async function AuditPage({ params, searchParams }: Props) {
  const actor = await requireActor()
  const { org: organization } = await params
  const parameters = await searchParams
  const query = readQuery(parameters)
  const cursor = typeof parameters.before === 'string' ? { cursor: parameters.before } : {}
  const found = await attempt(() =>
    auditLog(actor, { ...filterOf(organization, query), ...cursor, limit: pageSize }),
  )
  if (!found.ok) return <Refused refusal={found} />
  const { entries, next } = found.value
  return (
    <>
      <PageHeader actions={<Actions organization={organization} query={query} />}>
        <h1 className="text-lg font-semibold">{text.audit.title}</h1>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <FilterForm organization={organization} query={query} />
        {entries.length > 0 ? (
          <EntryList entries={entries} />
        ) : (
          <EmptyState title={text.audit.empty}>
            <p>{text.audit.emptyBody}</p>
          </EmptyState>
        )}
        {next ? (
          <Link
            href={`?${new URLSearchParams({ ...query, before: next })}`}
            className={`${buttonClass()} mt-3 ml-4`}
          >
            {text.audit.more}
          </Link>
        ) : null}
      </div>
    </>
  )
}

const formats = ['csv', 'json', 'cef'] as const

function Actions({ organization, query }: { organization: string; query: FilterQuery }) {
  return (
    <>
      <VerifyChain organization={organization} />
      <span aria-hidden className="pl-2 text-muted">
        {text.audit.export}
      </span>
      {formats.map((format) => (
        <a
          key={format}
          href={`/${organization}/audit/export?${new URLSearchParams({ ...query, format })}`}
          aria-label={text.audit.exportAs(format.toUpperCase())}
          download
          className={buttonClass()}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </>
  )
}
