import { afterEach, expect, it } from 'vitest'
import { formatRfc3339, formatScheduleTime, formatTime, zeroTime } from './time'

const zone = process.env.TZ
afterEach(() => {
  process.env.TZ = zone
})

it.each([
  ['2024-07-29T12:30:00Z', '2024-07-29 12:30:00 +0000 UTC'],
  ['2024-07-29T12:30:00.120Z', '2024-07-29 12:30:00.12 +0000 UTC'],
  ['2024-07-29T12:30:00.000000001+02:00', '2024-07-29 10:30:00.000000001 +0000 UTC'],
  [zeroTime, '0001-01-01 00:00:00 +0000 UTC'],
  ['1969-12-31T23:59:59.9Z', '1969-12-31 23:59:59.9 +0000 UTC'],
  ['no time', 'no time'],
  ['2024-02-30T00:00:00Z', '2024-02-30T00:00:00Z'],
])('writes %s in UTC', (text, written) => {
  expect(formatTime(text, { utc: true })).toBe(written)
})

it('writes the local zone', () => {
  process.env.TZ = 'America/New_York'
  expect(formatTime('2024-07-29T12:30:00Z', { utc: false })).toBe('2024-07-29 08:30:00 -0400 EDT')
  expect(formatRfc3339(Date.UTC(2024, 6, 29, 12, 30), { utc: false })).toBe('2024-07-29T08:30:00-04:00')
})

it.each([
  ['2026-05-14 00:00:00.000', '2026-05-14T00:00:00Z'],
  ['2026-05-14T02:00:00+02:00', '2026-05-14T00:00:00Z'],
  ['', 'never'],
  ['soon', 'soon'],
])('writes the time %j of a schedule', (text, written) => {
  expect(formatScheduleTime(text, { utc: true }, 'never')).toBe(written)
})
