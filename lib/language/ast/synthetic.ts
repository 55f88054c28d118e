import type { ScalarNode } from '../syntax/node'
import type { Expression, StringExpression } from './expression'

const NOWHERE = {
  style: 'plain',
  tagged: false,
  text: '',
  range: undefined,
  span: undefined,
  path: '',
} as const

/** A null that nobody wrote. */
export function syntheticNull(): Expression {
  return { kind: 'null', syntax: { ...NOWHERE, kind: 'null' } }
}

/** A string that nobody wrote. */
export function syntheticString(value: string): StringExpression {
  const syntax: ScalarNode = { ...NOWHERE, kind: 'string', text: value, value }
  return { kind: 'string', syntax, value }
}
