import { expect, it } from 'vitest'
import type { Diagnostic } from '../client/values'
import { propertyStyle, sourceStyle } from './diagnostics'

function at(
  environment: string,
  [line, column, byte, end]: readonly [number, number, number, number],
): Diagnostic['range'] {
  return { environment, begin: { line, column, byte }, end: { line, column, byte: end } }
}

const nowhere: Diagnostic = { severity: 'warning', summary: 'nowhere', range: undefined }
const second: Diagnostic = { severity: 'error', summary: 'second', range: at('p/e', [2, 3, 5, 8]) }
const first: Diagnostic = { severity: 'error', summary: 'first', range: at('p/e', [1, 9, 0, 3]) }
const elsewhere: Diagnostic = { severity: 'error', summary: 'elsewhere', range: at('a', [0, 0, 0, 0]) }

it('writes one line each, in order', () => {
  expect(propertyStyle([second, nowhere, first, elsewhere])).toBe(
    'nowhere\na: elsewhere\np/e:1:9: first\np/e:2:3: second\n',
  )
})

it('writes the source lines that a range touches', () => {
  const text = 'é: 1\n  b\nc\n'
  expect(sourceStyle([nowhere, second, elsewhere], { name: 'p/e', text })).toBe(`Warning: nowhere

Error: elsewhere

  on a line 0:
  (source code not available)

Error: second

  on p/e line 2:
   1: é: 1
   2:   b

`)
})
