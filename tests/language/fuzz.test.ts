import { describe, it } from 'vitest'
import { originalDefinitions } from './fuzz/originals'
import { properties } from './fuzz/properties'

/** A small share of `npm run fuzz`; a failure prints its seed. */
const RUNS = 1_000
const seed = Date.now() % 2 ** 31

describe(`properties of the language (seed ${seed})`, () => {
  it.each(properties(originalDefinitions()))(
    '$name',
    ({ share, run }) => run({ numRuns: Math.ceil(RUNS * share), seed }),
    120_000,
  )
})
