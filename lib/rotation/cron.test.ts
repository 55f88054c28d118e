import { expect, it } from 'vitest'
import { nextTime, parseCron, shortestPauseMinutes } from './cron'

const after = new Date('2026-11-23T06:30:00Z') // a Monday

it.each([
  ['0 0 * * *', '2026-11-24T00:00:00.000Z'],
  ['30 6 * * *', '2026-11-24T06:30:00.000Z'],
  ['31 6 * * *', '2026-11-23T06:31:00.000Z'],
  ['0 12 1 * *', '2026-12-01T12:00:00.000Z'],
  ['0 0 * * 0', '2026-11-29T00:00:00.000Z'],
  ['0 0 * * 7', '2026-11-29T00:00:00.000Z'],
  ['0 0 13 * 5', '2026-11-27T00:00:00.000Z'],
  ['0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
  ['0 3 1-7/2 1,6 *', '2027-01-01T03:00:00.000Z'],
  ['5 4 */10 * *', '2026-12-01T04:05:00.000Z'],
])('%s comes next at %s', (text, expected) => {
  const cron = parseCron(text)
  expect(cron && nextTime(cron, after)?.toISOString()).toBe(expected)
})

it('a day that never comes has no next time', () => {
  const cron = parseCron('0 0 30 2 *')
  expect(cron).toBeDefined()
  expect(cron && nextTime(cron, after)).toBeUndefined()
})

it.each([
  '',
  '* * * *',
  '60 0 * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 0 * 13 *',
  '0 0 * * 8',
  'a b c d e',
  '5-1 0 * * *',
  '*/0 0 * * *',
])('%j is no expression', (text) => {
  expect(parseCron(text)).toBeUndefined()
})

it.each([
  ['0 0 * * *', 1440],
  ['0 0,12 * * *', 720],
  ['*/15 * * * *', 15],
  ['50 0,23 * * *', 60],
  ['5,55 * * * *', 10],
  ['* 0 * * *', 1],
])('%s has pauses of at least %i minutes', (text, expected) => {
  const cron = parseCron(text)
  expect(cron && shortestPauseMinutes(cron)).toBe(expected)
})
