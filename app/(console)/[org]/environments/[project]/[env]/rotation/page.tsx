import type { Metadata } from 'next'
import { attempt } from '@/app/outcome'
import { requireActor } from '@/app/session'
import { PartHeading } from '@/components/access/rows'
import { text } from '@/components/messages'
import type { Actor } from '@/lib/access/actor'
import { atLeast } from '@/lib/access/levels'
import { readEnvironment } from '@/lib/environments/read'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { listRotations } from '@/lib/rotation/history'
import { listLeftovers } from '@/lib/rotation/leftovers'
import { listRotatedPaths } from '@/lib/rotation/rotated-paths'
import { listExecutions, listSchedules } from '@/lib/rotation/schedules'
import { Refused } from '../../../../../refused'
import { Header } from '../header'
import { AddSchedule } from './add-schedule'
import { History } from './history'
import { LeftoverList } from './leftover-list'
import { PathList, RotateAll } from './path-list'
import { ScheduleList } from './schedule-list'

export const metadata: Metadata = { title: text.rotation.title }

interface Props {
  params: Promise<{ org: string; project: string; env: string }>
}

export default async function RotationPage({ params }: Props) {
  const actor = await requireActor()
  const { org: organization, project, env: name } = await params
  const reference = { organization, project, name }
  const found = await attempt(() => load(actor, reference))
  if (!found.ok) return <Refused refusal={found} />
  const { environment, mayChange, paths, schedules, rotations, leftovers } = found.value
  const names = paths.map(({ path }) => path)
  return (
    <>
      <Header reference={environment} section="rotation" />
      <div className="min-h-0 flex-1 overflow-y-auto pb-6">
        <PartHeading
          title={text.rotation.paths}
          actions={mayChange && paths.length > 0 ? <RotateAll {...{ reference, paths, rotations }} /> : null}
        />
        <PathList reference={reference} paths={paths} rotations={rotations} mayRotate={mayChange} />
        <LeftoverList reference={reference} leftovers={leftovers} mayChange={mayChange} />
        <PartHeading
          title={text.rotation.schedules}
          actions={mayChange ? <AddSchedule reference={reference} paths={names} /> : null}
        />
        <ScheduleList reference={reference} schedules={schedules} mayChange={mayChange} />
        <PartHeading title={text.rotation.history} />
        <History rotations={rotations} />
      </div>
    </>
  )
}

async function load(actor: Actor, reference: EnvironmentReference) {
  const [{ environment, level }, paths, rotations, schedules, leftovers] = await Promise.all([
    readEnvironment(actor, reference),
    listRotatedPaths(actor, reference),
    listRotations(actor, reference),
    listSchedules(actor, reference),
    listLeftovers(actor, reference),
  ])
  const withRuns = await Promise.all(
    schedules.map(async (schedule) => ({
      ...schedule,
      runs: (await listExecutions(actor, { ...reference, id: schedule.id })).map(({ id, at, result }) => ({
        id,
        at: at.toISOString(),
        result,
      })),
    })),
  )
  const mayChange = atLeast(level, 'write')
  return { environment, mayChange, paths, rotations, schedules: withRuns, leftovers }
}
