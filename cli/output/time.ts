/** Go's zero time, which the wire uses for "never". */
export const zeroTime = '0001-01-01T00:00:00Z'

export interface TimeStyle {
  readonly utc: boolean
}

interface Instant {
  /** Milliseconds since 1970; seconds precision is enough, the rest is in `fraction`. */
  readonly ms: number
  /** Digits after the second, without trailing zeros. */
  readonly fraction: string
}

/** Go's default form of a time: `2006-01-02 15:04:05[.frac] -0700 MST`; text that is no time is returned as it is. */
export function formatTime(text: string, style: TimeStyle): string {
  const instant = parseInstant(text)
  if (!instant) return text
  const zone = zoneOf(instant, style)
  const fraction = instant.fraction === '' ? '' : `.${instant.fraction}`
  return `${zone.date} ${zone.time}${fraction} ${zone.offset.replace(':', '')} ${zone.name}`
}

/** RFC 3339 to the second, `Z` for UTC. */
export function formatRfc3339(ms: number, style: TimeStyle): string {
  const zone = zoneOf({ ms, fraction: '' }, style)
  return `${zone.date}T${zone.time}${zone.offset === '+00:00' ? 'Z' : zone.offset}`
}

/**
 * The time of a schedule: `2006-01-02 15:04:05.000` in UTC or RFC 3339 on the wire. Empty is `empty`, and a text that is
 * no time stays as it is.
 */
export function formatScheduleTime(text: string, style: TimeStyle, empty: string): string {
  if (text === '') return empty
  const sql = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/.exec(text)
  const instant = parseInstant(sql ? `${sql[1]}T${sql[2]}Z` : text)
  return instant ? formatRfc3339(instant.ms, style) : text
}

/** Milliseconds since 1970 of an RFC 3339 time, or undefined. */
export function parseRfc3339(text: string): number | undefined {
  return parseInstant(text)?.ms
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:[Zz]|([-+])(\d\d):(\d\d))$/

function parseInstant(text: string): Instant | undefined {
  const match = rfc3339.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number)
  const date = new Date(0)
  date.setUTCFullYear(year ?? 0, (month ?? 1) - 1, day)
  date.setUTCHours(hour ?? 0, minute, second)
  if (date.getUTCDate() !== day || date.getUTCMonth() + 1 !== month || date.getUTCHours() !== hour)
    return undefined
  const offset = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * (match[8] === '-' ? -1 : 1)
  return { ms: date.getTime() - offset * 60_000, fraction: (match[7] ?? '').replace(/0+$/, '') }
}

interface Zoned {
  readonly date: string
  readonly time: string
  /** `+hh:mm` */
  readonly offset: string
  readonly name: string
}

function zoneOf(instant: Instant, style: TimeStyle): Zoned {
  const moment = new Date(instant.ms)
  const minutes = style.utc ? 0 : -moment.getTimezoneOffset()
  const shifted = new Date(instant.ms + minutes * 60_000)
  const iso = shifted.toISOString()
  const year = String(shifted.getUTCFullYear()).padStart(4, '0')
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${pair(Math.floor(size / 60))}:${pair(Math.floor(size % 60))}`
  return {
    date: `${year}-${iso.slice(-19, -14)}`,
    time: iso.slice(-13, -5),
    offset,
    name: style.utc ? 'UTC' : zoneName(moment, offset),
  }
}

/** The abbreviation such as `CET`; where the platform knows none, the offset, as Go does. */
function zoneName(moment: Date, offset: string): string {
  const part = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value
  if (part && /^[A-Z]{3,5}$/.test(part)) return part
  return offset === '+00:00' ? 'UTC' : offset.replace(':00', '').replace(':', '')
}

function pair(value: number): string {
  return String(value).padStart(2, '0')
}
