import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { Breadcrumb } from '@/components/frame/breadcrumb'
import { PageHeader } from '@/components/frame/frame'
import { text } from '@/components/messages'
import { Badge } from '@/components/ui/badge'
import { Banner } from '@/components/ui/banner'
import { cx } from '@/components/ui/cx'
import { type ChangeRequestDetail, readChangeRequest } from '@/lib/approvals/change-requests'
import { listRequestEvents } from '@/lib/approvals/timeline'
import { Refused } from '../../../refused'
import { AccessTimes } from './access-times'
import { Decisions } from './decisions'
import { Proposal } from './proposal'
import { RenewButton } from './renew-button'
import { Side } from './side'

export const metadata: Metadata = { title: text.approvals.title }

interface Props {
  params: Promise<{ org: string; id: string }>
}

export default async function RequestPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, id } = await params
  const found = await attempt(() =>
    Promise.all([
      readChangeRequest(actor, { organization, id }),
      listRequestEvents(actor, { organization, id, count: 500 }),
    ]),
  )
  if (!found.ok) return <Refused refusal={found} />
  const [request, { events }] = found.value
  const title = text.approvals.requestTitle[request.action](`${request.project}/${request.name}`)
  return (
    <>
      <PageHeader actions={<Decisions organization={organization} request={request} />}>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <Breadcrumb
            crumbs={[{ label: text.approvals.title, href: `/${organization}/approvals` }, { label: title }]}
          />
          <Badge>{text.approvals.statuses[request.status]}</Badge>
          <span className="text-xs text-muted">{text.approvals.version(request.latestRevision)}</span>
        </div>
      </PageHeader>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto lg:flex-row lg:overflow-hidden">
        <div
          className={cx(
            'flex min-w-0 flex-col lg:min-h-0 lg:flex-1',
            request.change !== undefined && 'min-h-96 flex-1',
          )}
        >
          <Content organization={organization} request={request} />
        </div>
        <Side request={request} events={events} organization={organization} />
      </div>
    </>
  )
}

function Content({ organization, request }: { organization: string; request: ChangeRequestDetail }) {
  if (request.access) return <AccessTimes access={request.access} request={request} />
  if (!request.change) return null
  return (
    <>
      {request.behind ? (
        <div className="border-b border-line p-3">
          <Banner
            tone="warning"
            action={
              request.abilities.edit ? <RenewButton organization={organization} request={request} /> : null
            }
          >
            {text.approvals.behind}
          </Banner>
        </div>
      ) : null}
      <Proposal
        key={`${request.id} ${request.latestRevision} ${request.change.environmentRevision}`}
        organization={organization}
        request={request}
        change={request.change}
      />
    </>
  )
}
