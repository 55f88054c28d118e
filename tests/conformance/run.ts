import { resolve } from 'node:path'
import { findCases } from './cases'
import { Mismatch } from './compare'
import { conformanceFolder } from './location'

/** `npm run conformance [-- DIR]`: every case of a conformance folder; the last line counts. */
const [folder] = process.argv.slice(2)
const cases = findCases(folder === undefined ? conformanceFolder() : resolve(folder))
let failed = 0
for (const { name, run } of cases) {
  try {
    await run()
  } catch (error) {
    failed++
    const reason =
      error instanceof Mismatch ? error.message : error instanceof Error ? error.stack : String(error)
    process.stdout.write(`FAIL ${name}: ${reason}\n`)
  }
}
if (cases.length === 0) process.stdout.write('no cases found\n')
process.stdout.write(`${cases.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || cases.length === 0 ? 1 : 0
