import Link from 'next/link'
import { Fact, Row, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import type { ChangeRequestSummary } from '@/lib/approvals/change-requests'

export function RequestList({
  organization,
  requests,
}: {
  organization: string
  requests: ChangeRequestSummary[]
}) {
  return (
    <Rows label={text.approvals.title}>
      {requests.map((request) => (
        <Row key={request.id}>
          <RowName>
            <Link href={`/${organization}/approvals/${request.id}`} className="font-semibold hover:underline">
              {text.approvals.requestTitle[request.action](`${request.project}/${request.name}`)}
            </Link>
            {request.description ? (
              <span className="ml-2 text-muted">{request.description.split('\n')[0]}</span>
            ) : null}
          </RowName>
          <Fact>
            {text.approvals.by(request.createdBy.login)} <Ago at={request.createdAt} />
          </Fact>
          <Fact>{progress(request)}</Fact>
          <Badge>{text.approvals.statuses[request.status]}</Badge>
        </Row>
      ))}
    </Rows>
  )
}

function progress({ status, gates, satisfied }: ChangeRequestSummary): string {
  if (status !== 'ready') return ''
  if (satisfied) return text.approvals.approved
  const open = gates.find((gate) => !gate.satisfied)
  return open ? text.approvals.approvalsOf(open.approvals, open.required) : ''
}
