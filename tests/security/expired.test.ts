import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeExpiredLogins, removeOldCounters } from '@/lib/access/expired'
import { countTry } from '@/lib/access/rate-limit'
import { database } from '@/lib/db'
import { removeOldInvitations } from '@/lib/organizations/expired'
import { invite } from '@/lib/organizations/invitations'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'
import { addOrganization, addPerson, type TestPerson } from '../support/installation'

let temporary: TemporaryDatabase
let admin: TestPerson

beforeAll(async () => {
  temporary = await temporaryDatabase()
  admin = await addPerson('admin')
  await addOrganization('acme', { admin })
})

afterAll(() => temporary?.close())

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

it('counters of tries go a day after the last, locks only when they have ended', async () => {
  const limit = { tries: 3, windowSeconds: 900, lockSeconds: 900 }
  for (const subject of ['now', 'old', 'locked']) await countTry(subject, limit)
  const rows = await database().rateLimit.findMany({ orderBy: { key: 'asc' } })
  const [now, old, locked] = rows.map(({ key }) => key)
  await database().rateLimit.updateMany({
    where: { key: { in: [old ?? '', locked ?? ''] } },
    data: { windowStart: daysAgo(2) },
  })
  await database().rateLimit.updateMany({ where: { key: locked ?? '' }, data: { lockedUntil: daysAgo(-1) } })
  await removeOldCounters()
  const left = await database().rateLimit.findMany({ orderBy: { key: 'asc' } })
  expect(left.map(({ key }) => key)).toEqual([now, locked].sort())
})

it('invitations go a month after their end', async () => {
  const ids: string[] = []
  for (const days of [31, 1, -10]) {
    const email = `person${days}@example.com`
    const { invitation } = await invite(admin.actor, { organization: 'acme', email, role: 'member' })
    await database().invitation.update({ where: { id: invitation.id }, data: { expiresAt: daysAgo(days) } })
    ids.push(invitation.id)
  }
  await removeOldInvitations()
  const left = await database().invitation.findMany()
  expect(left.map(({ id }) => id).sort()).toEqual(ids.slice(1).sort())
})

it('sessions go when they have ended', async () => {
  const past = await database().webSession.create({ data: { personId: admin.id, expiresAt: daysAgo(1) } })
  await removeExpiredLogins()
  const left = await database().webSession.findMany()
  expect(left.map(({ id }) => id)).not.toContain(past.id)
  expect(left.length).toBeGreaterThan(0)
})
