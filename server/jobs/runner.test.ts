import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { claimTurn, endTurn } from './claim'
import { startJobs } from './runner'
import type { PeriodicWork } from './work'

function counting(work: Partial<PeriodicWork> = {}) {
  const count = { runs: 0, inside: 0, most: 0 }
  const run: PeriodicWork['run'] = async () => {
    count.inside++
    count.most = Math.max(count.most, count.inside)
    await sleep(20)
    count.inside--
    count.runs++
    return 'idle'
  }
  return { count, work: { name: 'counting', everyMs: 30, run, ...work } }
}

describeOnEachDatabase('jobs', () => {
  it('come again and again until they are stopped, and what runs ends first', async () => {
    const { count, work } = counting()
    const jobs = startJobs([work])
    await vi.waitFor(() => expect(count.runs).toBeGreaterThan(2), 5000)
    await vi.waitFor(() => expect(count.inside).toBe(1), 5000)
    await jobs.stop(1000)
    expect(count.inside).toBe(0)
    const { runs } = count
    await sleep(150)
    expect(count.runs).toBe(runs)
  })

  it('survive a fault, and wait before the next try', async () => {
    const complaint = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    let runs = 0
    const run = async () => {
      if (++runs === 1) throw new Error('a value that could be secret')
      return 'idle' as const
    }
    const jobs = startJobs([{ name: 'faulty', everyMs: 20, run }])
    await vi.waitFor(() => expect(runs).toBeGreaterThan(1), 5000)
    await jobs.stop(1000)
    const said = complaint.mock.calls.join()
    complaint.mockRestore()
    expect(said).toContain('The job faulty failed: Error')
    expect(said).not.toContain('secret')
  })

  it('give an exclusive turn to one of many, once in its time', async () => {
    const { count, work } = counting({ name: 'exclusive', everyMs: 60_000, exclusive: true })
    const processes = [1, 2, 3, 4].map(() => startJobs([work]))
    await vi.waitFor(() => expect(count.runs).toBe(1), 5000)
    await sleep(1100)
    await Promise.all(processes.map((jobs) => jobs.stop(1000)))
    expect(count).toEqual({ runs: 1, inside: 0, most: 1 })
  })

  it('take over the turn of a process that died, which then ends nothing', async () => {
    const work = counting({ name: 'taken-over', everyMs: 0, exclusive: true }).work
    const first = await claimTurn(work)
    expect(first).toBeDefined()
    expect(await claimTurn(work)).toBeUndefined()
    const data = { claimedUntil: new Date(Date.now() - 60_000) }
    await database().periodicJob.update({ where: { name: work.name }, data })
    const second = await claimTurn(work)
    expect(second).toBeDefined()
    await endTurn(work, first ?? '')
    expect(await claimTurn(work)).toBeUndefined()
    await endTurn(work, second ?? '')
    expect(await claimTurn(work)).toBeDefined()
  })
})
