import { CircleCheck, CircleDashed } from 'lucide-react'
import type { ReactNode } from 'react'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import type { ChangeRequestDetail, GateState } from '@/lib/approvals/change-requests'
import type { RequestEvent } from '@/lib/approvals/timeline'
import { CommentForm } from './comment-form'

export interface SideProps {
  organization: string
  request: ChangeRequestDetail
  events: RequestEvent[]
}

/** Who asks for what, what the gates say, and what happened so far. */
export function Side({ organization, request, events }: SideProps) {
  const { approvals, gates, description, createdBy, createdAt, latestRevision } = request
  return (
    <aside className="flex w-full shrink-0 flex-col gap-5 overflow-y-auto border-t border-line p-4 lg:w-80 lg:border-t-0 lg:border-l">
      <Part title={text.approvals.description}>
        <p className="break-words whitespace-pre-wrap">{description || text.approvals.noDescription}</p>
        <p className="mt-1 text-xs text-muted">
          {text.approvals.by(createdBy.login)} <Ago at={createdAt} />
        </p>
      </Part>
      <Part title={text.approvals.gates}>
        {gates.length === 0 ? <p className="text-muted">{text.approvals.noGates}</p> : null}
        <ul className="flex flex-col gap-1">
          {gates.map((gate) => (
            <GateLine key={gate.id} gate={gate} />
          ))}
        </ul>
      </Part>
      <Part title={text.approvals.approvers}>
        {approvals.length === 0 ? <p className="text-muted">{text.approvals.noApprovals}</p> : null}
        <ul className="flex flex-col gap-1">
          {approvals.map(({ login, revision, at }) => (
            <li key={login}>
              {login} <span className="text-xs text-muted">{text.approvals.ofVersion(revision)}</span>{' '}
              <span className="text-xs text-muted">
                <Ago at={at} />
              </span>
              {revision === latestRevision ? null : (
                <span className="ml-1 text-xs text-warning">{text.approvals.outdatedApproval}</span>
              )}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={text.approvals.timeline}>
        <ol className="flex flex-col gap-2">
          {events.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
        <CommentForm organization={organization} id={request.id} />
      </Part>
    </aside>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1 font-semibold">{title}</h2>
      {children}
    </section>
  )
}

function GateLine({ gate: { name, approvals, required, satisfied } }: { gate: GateState }) {
  const Icon = satisfied ? CircleCheck : CircleDashed
  return (
    <li className="flex items-start gap-2">
      <Icon
        role="img"
        aria-label={satisfied ? text.approvals.gateOpen : text.approvals.gateClosed}
        className={`mt-0.5 size-4 shrink-0 ${satisfied ? 'text-accent' : 'text-warning'}`}
      />
      <span className="min-w-0">
        {name} <span className="text-xs text-muted">{text.approvals.approvalsOf(approvals, required)}</span>
      </span>
    </li>
  )
}

function EventLine({ event }: { event: RequestEvent }) {
  return (
    <li>
      <p>
        <span className="font-semibold">{event.by.login}</span> {deed(event)}{' '}
        <span className="text-xs text-muted">
          <Ago at={event.at} />
        </span>
      </p>
      {event.comment ? (
        <p className="border-l-2 border-line pl-2 break-words whitespace-pre-wrap text-muted">
          {event.comment}
        </p>
      ) : null}
    </li>
  )
}

function deed({ kind, status, revision = 1 }: RequestEvent): string {
  if (status !== undefined) return text.approvals.statusEvents[status]
  return text.approvals.events[kind](String(revision))
}
