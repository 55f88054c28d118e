import { expect, it } from 'vitest'
import { parseArgument } from './interpolate'

it.each([
  ['plain', [{ text: 'plain' }]],
  ['', [{ text: '' }]],
  ['${a.b}', [{ path: ['a', 'b'] }]],
  ['x ${a[0]["k y"].z} y', [{ text: 'x ' }, { path: ['a', 0, 'k y', 'z'] }, { text: ' y' }]],
  ['${["q\\"r"]}', [{ path: ['q"r'] }]],
  ['$${x} a$$b $', [{ text: '${x} a$b $' }]],
  ['$$${x}', [{ text: '$' }, { path: ['x'] }]],
  ['${}', [{ path: [''] }]],
  ['${a', undefined],
  ['${a b}', undefined],
  ['${[0]}', undefined],
  ['${a[x]}', undefined],
])('takes %j apart', (argument, parts) => {
  expect(parseArgument(argument)).toEqual(parts)
})
