/**
 * `npm test`: prepares a fresh clone, runs every stage even after one failed, and ends with the sums.
 * `npm test -- types|lint|unit|e2e` runs the named stages only. Plain Node, since nothing is installed at first.
 */
import { prepare } from './run/prepare.mjs'
import { stages } from './run/stages.mjs'
import { report, sum } from './run/summary.mjs'

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in stages))
if (unknown.length > 0) {
  console.error(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(stages).join(', ')}.`)
  process.exit(2)
}
const names = wanted.length > 0 ? wanted : Object.keys(stages)

const results = []
try {
  await prepare({ browser: names.includes('e2e') })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  results.push({ passed: 0, failed: 1, skipped: [] })
}
if (results.length === 0) for (const name of names) results.push(await stages[name]())

const total = sum(results)
report(total)
process.exitCode = total.failed > 0 ? 1 : 0
