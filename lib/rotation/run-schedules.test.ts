import { beforeEach, expect, it } from 'vitest'
import { database } from '@/lib/db'
import type { RotationSchedule } from '@/lib/generated/prisma/client'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import {
  addEnvironment,
  addMember,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '@/tests/support/installation'
import { endInterruptedRuns, runDueSchedules } from './run-schedules'
import { createSchedule, listExecutions, listSchedules, pauseSchedule, updateSchedule } from './schedules'

const minute = 60_000
const place = { organization: 'acme', project: 'web', name: 'prod' }

describeOnEachDatabase('schedules that are due', () => {
  let ada: TestPerson
  let organization: TestOrganization

  it('sets the scene', async () => {
    ada = await addPerson('ada')
    organization = await addOrganization('acme', { admin: ada })
    await addEnvironment(organization, 'web/prod')
  })

  beforeEach(() => database().rotationSchedule.deleteMany())

  /** As if it had been planned for then. */
  async function plan(id: string, minutesAgo: number): Promise<void> {
    const nextExecutionAt = new Date(Date.now() - minutesAgo * minute)
    await database().rotationSchedule.update({ where: { id }, data: { nextExecutionAt } })
  }

  const stored = (id: string): Promise<RotationSchedule> =>
    database().rotationSchedule.findUniqueOrThrow({ where: { id } })
  const executions = () => database().rotationExecution.findMany({ orderBy: { at: 'asc' } })

  it('run once, however often they were missed, and are planned anew', async () => {
    const { id } = await createSchedule(ada.actor, { ...place, cron: '0 * * * *' })
    expect(await runDueSchedules()).toBe('idle')
    expect(await executions()).toEqual([])
    await plan(id, 5 * 24 * 60)
    await runDueSchedules()
    await runDueSchedules()
    const history = await listExecutions(ada.actor, { ...place, id })
    expect(history).toMatchObject([
      { scheduleId: id, result: expect.stringMatching(/^(succeeded|failed: .+)$/) },
    ])
    const next = (await stored(id)).nextExecutionAt
    expect(next?.getTime()).toBeGreaterThan(Date.now())
    expect(next?.getTime()).toBeLessThanOrEqual(Date.now() + 60 * minute)
    const event = 'environment-schedule-executed'
    expect(await database().auditEvent.count({ where: { event } })).toBe(1)
  })

  it('D04: run once although many processes look', async () => {
    const { id } = await createSchedule(ada.actor, { ...place, cron: '0 0 * * *' })
    await plan(id, 2)
    await Promise.all([1, 2, 3, 4, 5].map(() => runDueSchedules()))
    expect(await executions()).toHaveLength(1)
  })

  it('D03: do not run again when the clock is set back', async () => {
    const { id } = await createSchedule(ada.actor, { ...place, cron: '0 0 * * *' })
    // Planned ahead of this clock: as seen by a process whose clock went back after the run.
    const ahead = (await stored(id)).nextExecutionAt
    await runDueSchedules()
    expect((await stored(id)).nextExecutionAt).toEqual(ahead)
    expect(await executions()).toEqual([])
  })

  it('a single time is over afterwards', async () => {
    const once = new Date(Date.now() + 1000).toISOString()
    const { id } = await createSchedule(ada.actor, { ...place, once })
    await plan(id, 2)
    await runDueSchedules()
    expect(await listSchedules(ada.actor, place)).toMatchObject([{ id, lastExecutedAt: expect.any(String) }])
    expect((await stored(id)).nextExecutionAt).toBeNull()
  })

  it('wait while they are paused, and what was missed then stays missed', async () => {
    const { id } = await createSchedule(ada.actor, { ...place, cron: '0 0 * * *' })
    await pauseSchedule(ada.actor, { ...place, id, paused: true })
    await plan(id, 60)
    await runDueSchedules()
    await pauseSchedule(ada.actor, { ...place, id, paused: false })
    await runDueSchedules()
    expect(await executions()).toEqual([])
  })

  it('begin within a minute of their time, not all together', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) {
      const { id } = await createSchedule(ada.actor, { ...place, path: `p${n}`, cron: '0 0 * * *' })
      await plan(id, 0.5)
      ids.push(id)
    }
    for (let n = 0; n < 12; n++) await runDueSchedules()
    const early = (await executions()).length
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThan(12)
    for (const id of ids) if ((await stored(id)).lastExecutedAt === null) await plan(id, 1.1)
    for (let n = 0; n < 12; n++) await runDueSchedules()
    expect(await executions()).toHaveLength(12)
  })

  it('rotate one environment one at a time', async () => {
    const first = await createSchedule(ada.actor, { ...place, path: 'a', cron: '0 0 * * *' })
    const second = await createSchedule(ada.actor, { ...place, path: 'b', cron: '0 0 * * *' })
    const { id: organizationId } = organization
    const data = { organizationId, scheduleId: first.id, result: 'running' }
    const { id } = await database().rotationExecution.create({ data })
    await plan(second.id, 2)
    await runDueSchedules()
    expect((await stored(second.id)).lastExecutedAt).toBeNull()
    await endInterruptedRuns()
    expect((await executions())[0]?.result).toBe('running')
    await database().rotationExecution.update({
      where: { id },
      data: { at: new Date(Date.now() - 16 * minute) },
    })
    await endInterruptedRuns()
    expect((await executions())[0]?.result).toBe('failed: interrupted')
    await runDueSchedules()
    expect((await stored(second.id)).lastExecutedAt).not.toBeNull()
  })

  it('A07: run with what their maker may do by then', async () => {
    const bob = await addPerson('bob')
    await addMember(organization, bob, 'member')
    const { id } = await createSchedule(bob.actor, { ...place, cron: '0 0 * * *' })
    await plan(id, 2)
    const where = { id: organization.id }
    await database().organization.update({ where, data: { defaultPermission: 'read' } })
    await runDueSchedules()
    await database().organization.update({ where, data: { defaultPermission: 'write' } })
    expect(await executions()).toMatchObject([
      { result: 'failed: This needs the permission environment:rotate.', revision: null },
    ])
    await database().person.update({ where: { id: bob.id }, data: { disabledAt: new Date() } })
    await plan(id, 2)
    await runDueSchedules()
    expect(await executions()).toMatchObject([{}, { result: expect.stringMatching(/may no longer act/) }])
  })

  it('A05: run with the rights of who changed them last', async () => {
    const { id } = await createSchedule(ada.actor, { ...place, cron: '0 0 * * *' })
    const eve = await addPerson('eve')
    await addMember(organization, eve, 'member')
    await updateSchedule(eve.actor, { ...place, id, path: 'other' })
    expect(await stored(id)).toMatchObject({ createdById: eve.id })
  })
})
