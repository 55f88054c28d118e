/** Cron expressions of five fields, in UTC: minute, hour, day of month, month, day of week (0 and 7 are Sunday). */

export interface Cron {
  minutes: ReadonlySet<number>
  hours: ReadonlySet<number>
  days: ReadonlySet<number>
  months: ReadonlySet<number>
  weekdays: ReadonlySet<number>
  /** When both days are restricted either of them is enough, as in every cron. */
  dayRestricted: boolean
  weekdayRestricted: boolean
}

const fields = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12 },
  { least: 0, most: 7 },
] as const

/** @returns undefined for anything that is not a cron expression */
export function parseCron(text: string): Cron | undefined {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== fields.length) return undefined
  const sets = fields.map((field, at) => parseField(parts[at] ?? '', field))
  const [minutes, hours, days, months, weekdays] = sets
  if (!minutes || !hours || !days || !months || !weekdays) return undefined
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: new Set([...weekdays].map((day) => day % 7)),
    dayRestricted: parts[2] !== '*',
    weekdayRestricted: parts[4] !== '*',
  }
}

interface Bounds {
  least: number
  most: number
}

function parseField(text: string, bounds: Bounds): Set<number> | undefined {
  const values = new Set<number>()
  for (const item of text.split(',')) {
    const range = parseItem(item, bounds)
    if (range === undefined) return undefined
    for (let value = range.from; value <= range.to; value += range.step) values.add(value)
  }
  return values
}

function parseItem(item: string, { least, most }: Bounds) {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(item)
  if (!match) return undefined
  const [, first, last, every] = match
  const step = every === undefined ? 1 : Number(every)
  const from = first === undefined ? least : Number(first)
  const open = first === undefined || (last === undefined && every !== undefined)
  const to = last !== undefined ? Number(last) : open ? most : from
  return step >= 1 && from >= least && to <= most && from <= to ? { from, to, step } : undefined
}

const day = 24 * 3600 * 1000
/** Leap years leave at most eight years between two 29ths of February. */
const horizonDays = 366 * 9

/** The first time after `after` that the expression means; undefined when there is none (30 February). */
export function nextTime(cron: Cron, after: Date): Date | undefined {
  const start = Math.floor(after.getTime() / day) * day
  for (let at = 0; at <= horizonDays; at++) {
    const date = new Date(start + at * day)
    if (!isOn(cron, date)) continue
    const time = timesOf(cron, date).find((candidate) => candidate > after)
    if (time) return time
  }
  return undefined
}

function isOn(cron: Cron, date: Date): boolean {
  if (!cron.months.has(date.getUTCMonth() + 1)) return false
  const onDay = cron.days.has(date.getUTCDate())
  const onWeekday = cron.weekdays.has(date.getUTCDay())
  return cron.dayRestricted && cron.weekdayRestricted ? onDay || onWeekday : onDay && onWeekday
}

function timesOf(cron: Cron, date: Date): Date[] {
  const hours = [...cron.hours].sort((a, b) => a - b)
  const minutes = [...cron.minutes].sort((a, b) => a - b)
  return hours.flatMap((hour) =>
    minutes.map((minute) => new Date(date.getTime() + (hour * 60 + minute) * 60_000)),
  )
}

/** Between two times of one day, or of one day and the next; a day without times makes it longer. */
export function shortestPauseMinutes({ hours, minutes }: Cron): number {
  const times = [...hours].flatMap((hour) => [...minutes].map((minute) => hour * 60 + minute))
  times.sort((a, b) => a - b)
  const [first = 0] = times
  return Math.min(...times.map((time, at) => (times[at + 1] ?? first + 24 * 60) - time))
}
