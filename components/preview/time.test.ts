import { expect, it } from 'vitest'
import { clock } from './time'

it.each([
  [0, '00:00'],
  [59_999, '00:59'],
  [3_581_000, '59:41'],
  [7_199_000, '1:59:59'],
  [-5_000, '00:00'],
])('%d ms is %s', (milliseconds, text) => {
  expect(clock(milliseconds)).toBe(text)
})
