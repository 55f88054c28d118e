import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { heading, root, run, tool } from './process.mjs'
import { playwrightResult, vitestResult } from './results.mjs'

const reports = join(root, 'test-results')

/** The stages in their order; each answers `{ passed, failed, skipped }`. */
export const stages = {
  types: () => asOneTest('type check', 'typecheck'),
  lint: () => asOneTest('lint', 'lint'),
  unit: () => counted('unit and integration tests', 'vitest', unitTests),
  e2e: () => counted('end-to-end tests', 'playwright', endToEndTests),
}

async function asOneTest(title, script) {
  heading(title)
  const failed = (await run('npm', ['run', '--silent', script])) === 0 ? 0 : 1
  return { passed: 1 - failed, failed, skipped: [] }
}

async function counted(title, name, start) {
  heading(title)
  mkdirSync(reports, { recursive: true })
  const report = join(reports, `${name}.json`)
  rmSync(report, { force: true })
  const { code, read } = await start(report)
  // A runner that fails without naming a failed test (it crashed, or an error belonged to no test) still failed.
  const result = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : emptyResult()
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}

function emptyResult() {
  return { passed: 0, failed: 0, skipped: [] }
}

async function unitTests(report) {
  // Two workers: the tests start servers of their own, and small machines have two cores.
  const args = [
    'run',
    '--maxWorkers=2',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  return { code: await run(tool('vitest'), args), read: vitestResult }
}

async function endToEndTests(report) {
  const code = await run(tool('playwright'), ['test'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  return { code, read: playwrightResult }
}
