'use client'

import { DialogButton } from '@/components/access/dialog-button'
import { Fact, Row, RowActions, RowName, Rows } from '@/components/access/rows'
import { text } from '@/components/messages'
import { Ago } from '@/components/ui/ago'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import type { EnvironmentReference } from '@/lib/environments/reference'
import type { ScheduleSummary } from '@/lib/rotation/schedules'
import { pause, removeSchedule } from './actions'

export interface ScheduleWithRuns extends ScheduleSummary {
  runs: { id: string; at: string; result: string }[]
}

export interface ScheduleListProps {
  reference: EnvironmentReference
  schedules: ScheduleWithRuns[]
  mayChange: boolean
}

export function ScheduleList({ reference, schedules, mayChange }: ScheduleListProps) {
  if (schedules.length === 0) return <p className="px-4 text-muted">{text.rotation.schedulesEmpty}</p>
  return (
    <Rows label={text.rotation.schedules}>
      {schedules.map((schedule) => (
        <Row key={schedule.id}>
          <RowName>
            <span className="font-mono">{schedule.path || text.rotation.everything}</span>
          </RowName>
          <Fact>
            <span className="font-mono text-xs">{schedule.cron ?? ''}</span>
            {schedule.once ? <Ago at={schedule.once} /> : null}
          </Fact>
          <Fact label={text.rotation.next}>
            {schedule.nextExecutionAt ? <Ago at={schedule.nextExecutionAt} /> : text.rotation.never}
          </Fact>
          <Fact label={text.rotation.last}>
            {schedule.lastExecutedAt ? <Ago at={schedule.lastExecutedAt} /> : text.rotation.never}
          </Fact>
          <RowActions>
            {schedule.paused ? <Badge>{text.rotation.paused}</Badge> : null}
            <Runs runs={schedule.runs} />
            {mayChange ? <ScheduleActions reference={reference} schedule={schedule} /> : null}
          </RowActions>
        </Row>
      ))}
    </Rows>
  )
}

function Runs({ runs }: Pick<ScheduleWithRuns, 'runs'>) {
  return (
    <DialogButton
      label={text.rotation.runs}
      button={{ size: 'sm', look: 'ghost' }}
      title={text.rotation.runs}
    >
      {() =>
        runs.length === 0 ? (
          <p className="text-muted">{text.rotation.runsEmpty}</p>
        ) : (
          <ol className="flex flex-col gap-1">
            {runs.map(({ id, at, result }) => (
              <li key={id}>
                <Ago at={at} /> <span className="text-muted">{result}</span>
              </li>
            ))}
          </ol>
        )
      }
    </DialogButton>
  )
}

interface ScheduleActionsProps {
  reference: EnvironmentReference
  schedule: ScheduleWithRuns
}

function ScheduleActions({ reference, schedule: { id, paused } }: ScheduleActionsProps) {
  const [busy, run] = useAction()
  const { organization, project, name } = reference
  const place = { organization, project, name, id }
  return (
    <>
      <Button size="sm" busy={busy} onClick={() => run({ work: () => pause({ ...place, paused: !paused }) })}>
        {paused ? text.rotation.resume : text.rotation.pause}
      </Button>
      <Button
        size="sm"
        look="danger"
        busy={busy}
        onClick={() => run({ work: () => removeSchedule(place), done: () => text.rotation.removed })}
      >
        {text.rotation.remove}
      </Button>
    </>
  )
}
