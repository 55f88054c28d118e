import { expect, it } from 'vitest'
import { placeOf } from './positions'

const linesOf = (text: string) => {
  const all = text.split('\n')
  return { getLineCount: () => all.length, getLineContent: (line: number) => all[line - 1] ?? '' }
}

const at = (line: number, column: number, end: { line: number; column: number }) => ({
  range: {
    environment: 'shop/prod',
    begin: { line, column, byte: 0 },
    end: { line: end.line, column: end.column, byte: 0 },
  },
})

it('marks the range of a diagnostic', () => {
  expect(placeOf(at(2, 6, { line: 2, column: 10 }), linesOf('values:\n  a: ${b}'))).toEqual({
    startLineNumber: 2,
    startColumn: 6,
    endLineNumber: 2,
    endColumn: 10,
  })
})

it('counts characters beyond the basic plane as the two units that the editor counts', () => {
  expect(placeOf(at(1, 3, { line: 1, column: 4 }), linesOf('😀😀x'))).toMatchObject({
    startColumn: 5,
    endColumn: 6,
  })
})

it('an empty range still shows', () => {
  expect(placeOf(at(1, 2, { line: 1, column: 2 }), linesOf('abc'))).toMatchObject({
    startColumn: 2,
    endColumn: 3,
  })
})

it('without a place, or behind the text, the first line is marked', () => {
  const whole = { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 4 }
  expect(placeOf({}, linesOf('abc\nd'))).toEqual(whole)
  expect(placeOf(at(9, 1, { line: 9, column: 2 }), linesOf('abc\nd'))).toEqual(whole)
})
