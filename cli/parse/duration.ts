import { Failure } from '../failure'

/** A length of time in nanoseconds, as Go counts it. */
export type Duration = bigint

const unitNanoseconds: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

/**
 * Reads Go's duration syntax: `2h`, `1h30m`, `90000s`, `1.5h`.
 * The messages are those of Go's time.ParseDuration, which scripts may know.
 */
export function parseDuration(text: string): Duration {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(text) ?? []
  if (body === '0') return 0n
  if (body === '') throw invalid(text)
  let total = 0n
  let rest = body
  while (rest !== '') {
    const [, whole = '', fraction, unit = ''] = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest) ?? []
    if (whole === '' && !fraction) throw invalid(text)
    if (unit === '') throw new Failure('USAGE', `time: missing unit in duration ${JSON.stringify(text)}`)
    const scale = unitNanoseconds.get(unit)
    if (scale === undefined) {
      throw new Failure(
        'USAGE',
        `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`,
      )
    }
    total += BigInt(whole || '0') * scale + fractionOf(fraction ?? '', scale)
    rest = rest.slice(whole.length + (fraction === undefined ? 0 : fraction.length + 1) + unit.length)
  }
  if (total >= 1n << 63n) throw invalid(text)
  return sign === '-' ? -total : total
}

/** Writes a duration as Go does: `2h0m0s`, `1.5s`, `300ms`, `0s`. */
export function formatDuration(duration: Duration): string {
  if (duration === 0n) return '0s'
  if (duration < 0n) return `-${formatDuration(-duration)}`
  if (duration < 1_000_000_000n) return formatSubsecond(duration)
  const seconds = duration / 1_000_000_000n
  const tail = decimal(seconds % 60n, duration % 1_000_000_000n, 9)
  const minutes = seconds / 60n
  if (minutes === 0n) return `${tail}s`
  const hours = minutes / 60n
  return hours === 0n ? `${minutes}m${tail}s` : `${hours}h${minutes % 60n}m${tail}s`
}

function formatSubsecond(duration: Duration): string {
  if (duration < 1_000n) return `${duration}ns`
  if (duration < 1_000_000n) return `${decimal(duration / 1_000n, duration % 1_000n, 3)}µs`
  return `${decimal(duration / 1_000_000n, duration % 1_000_000n, 6)}ms`
}

function decimal(whole: bigint, fraction: bigint, digits: number): string {
  const tail = fraction.toString().padStart(digits, '0').replace(/0+$/, '')
  return tail === '' ? `${whole}` : `${whole}.${tail}`
}

function fractionOf(digits: string, scale: bigint): bigint {
  return digits === '' ? 0n : (BigInt(digits) * scale) / 10n ** BigInt(digits.length)
}

function invalid(text: string): Failure {
  return new Failure('USAGE', `time: invalid duration ${JSON.stringify(text)}`)
}
