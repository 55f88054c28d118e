import { originalDefinitions } from './originals'
import { properties } from './properties'

/** `npm run fuzz [-- RUNS [SEED]]`: all properties over at least that many inputs; the seed repeats a run. */
const [runs = '100000', given] = process.argv.slice(2)
const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given)
process.stdout.write(`seed ${seed}\n`)
let failed = 0
for (const { name, share, run } of properties(originalDefinitions())) {
  const numRuns = Math.ceil(Number(runs) * share)
  const started = performance.now()
  try {
    await run({ numRuns, seed })
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stdout.write(`ok   ${name}: ${numRuns} inputs in ${seconds} s\n`)
  } catch (error) {
    failed++
    process.stdout.write(`FAIL ${name}: ${error instanceof Error ? error.message : error}\n`)
  }
}
process.exitCode = failed > 0 ? 1 : 0
