import { describe, expect, it } from 'vitest'
import { operator } from './operators'

const subject = 'pulumi:environments:org:acme:env:shop/dev'

describe.each([
  ['StringEquals', [subject], [subject], true],
  ['StringEquals', [subject], ['other', subject], true],
  ['StringEquals', [subject], [subject.toUpperCase()], false],
  ['StringEquals', [subject], ['pulumi:*'], false],
  ['StringEquals', undefined, [subject], false],
  ['StringEqualsIfExists', undefined, [subject], true],
  ['StringEqualsIfExists', ['other'], [subject], false],
  ['StringEqualsIgnoreCase', [subject], [subject.toUpperCase()], true],
  ['StringNotEquals', [subject], [subject], false],
  ['StringNotEquals', [subject], ['other'], true],
  ['StringNotEquals', undefined, ['other'], true],
  ['StringLike', [subject], ['pulumi:*:env:shop/*'], true],
  ['StringLike', [subject], ['pulumi:environments:org:acme:env:shop/de?'], true],
  ['StringLike', [subject], ['pulumi:environments:org:acme:env:shop'], false],
  ['StringLike', ['aXb'], ['a.b'], false],
  ['StringNotLike', [subject], ['pulumi:*'], false],
  ['StringNotLike', [subject], ['github:*'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['b'], true],
  ['ForAnyValue:StringEquals', undefined, ['b'], false],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['b'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c'], true],
  ['ForAllValues:StringEquals', undefined, ['a'], true],
] as const)('%s of %j against %j', (name, actual, expected, holds) => {
  it(holds ? 'holds' : 'does not hold', () => {
    expect(operator(name)?.(actual ? [...actual] : undefined, [...expected])).toBe(holds)
  })
})

it.each(['NumericEquals', 'StringEqual', 'stringequals', 'ForEach:StringEquals', ''])(
  'knows no operator %j',
  (name) => {
    expect(operator(name)).toBeUndefined()
  },
)
