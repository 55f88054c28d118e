import { BigFloat } from '../schema/big-float'
import { compiledOf } from '../schema/compile'
import type { SchemaRecord } from '../schema/schema'
import { type JsonNumber, numberText } from '../text/json'

type Limit = 'multipleOf' | 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum'

/** The limits in the order of their checks. The missing space is the reference's (spec §14). */
const RULES: readonly {
  readonly limit: Limit
  readonly expected: string
  accepts(value: BigFloat, limit: BigFloat): boolean
}[] = [
  { limit: 'multipleOf', expected: 'a multiple of ', accepts: (value, limit) => value.isMultipleOf(limit) },
  {
    limit: 'minimum',
    expected: 'a number greater than or equal to ',
    accepts: (value, limit) => value.compare(limit) >= 0,
  },
  {
    limit: 'exclusiveMinimum',
    expected: 'a number greater than ',
    accepts: (value, limit) => value.compare(limit) > 0,
  },
  {
    limit: 'maximum',
    expected: 'a number less than or equal to',
    accepts: (value, limit) => value.compare(limit) <= 0,
  },
  {
    limit: 'exclusiveMaximum',
    expected: 'a number less than ',
    accepts: (value, limit) => value.compare(limit) < 0,
  },
]

/** Checks a number against the numeric limits of a schema. */
export function checkNumber(number: JsonNumber, schema: SchemaRecord, fail: (summary: string) => void): void {
  const { numbers } = compiledOf(schema)
  if (Object.keys(numbers).length === 0) return
  const value = BigFloat.parse(number.text)
  for (const { limit, expected, accepts } of RULES) {
    const bound = numbers[limit]
    const written = schema[limit]
    if (bound === undefined || written === undefined) continue
    if (value === undefined || !accepts(value, bound)) fail(`expected ${expected}${numberText(written)}`)
  }
}
