import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import type { ChangeRequestDetail } from '@/lib/approvals/change-requests'

export interface AccessTimesProps {
  access: NonNullable<ChangeRequestDetail['access']>
  request: ChangeRequestDetail
}

/** What is asked for when somebody asks to open. */
export function AccessTimes({ access, request }: AccessTimesProps) {
  return (
    <div className="flex max-w-2xl flex-col gap-4 p-4">
      <p className="text-muted">{text.approvals.accessBody}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-muted">{text.approvals.accessDuration}</dt>
        <dd>{text.approvals.hours(access.accessDurationSeconds)}</dd>
        <dt className="text-muted">{text.approvals.accessWindow}</dt>
        <dd>{text.approvals.hours(access.grantExpirationSeconds)}</dd>
        {request.accessExpiresAt ? (
          <>
            <dt className="text-muted">{text.approvals.accessUntil}</dt>
            <dd>
              <Ago at={request.accessExpiresAt} />
            </dd>
          </>
        ) : null}
      </dl>
    </div>
  )
}
