import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from './duration'

describe('durations', () => {
  it.each([
    ['2h', '2h0m0s'],
    ['1h30m', '1h30m0s'],
    ['90000s', '25h0m0s'],
    ['1.5h', '1h30m0s'],
    ['.5s', '500ms'],
    ['300ms', '300ms'],
    ['1us', '1µs'],
    ['1.5s', '1.5s'],
    ['-2m', '-2m0s'],
    ['0', '0s'],
    ['+1m1ns', '1m0.000000001s'],
  ])('reads %s and writes %s', (text, written) => {
    expect(formatDuration(parseDuration(text))).toBe(written)
  })

  it.each([
    ['', 'time: invalid duration ""'],
    ['x', 'time: invalid duration "x"'],
    ['.h', 'time: invalid duration ".h"'],
    ['5', 'time: missing unit in duration "5"'],
    ['5d', 'time: unknown unit "d" in duration "5d"'],
    ['1e9h', 'time: unknown unit "e" in duration "1e9h"'],
    ['999999999h', 'time: invalid duration "999999999h"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: 'USAGE', message }))
  })

  it('reads back whatever it writes', () => {
    const nanoseconds = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })
    fc.assert(fc.property(nanoseconds, (duration) => parseDuration(formatDuration(duration)) === duration))
  })
})
