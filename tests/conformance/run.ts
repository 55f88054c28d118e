import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runEvalCase } from './eval-case'

const root = resolve(
  process.argv[2] ??
    process.env.ESC_CONFORMANCE_DIR ??
    join(import.meta.dirname, '../../../shared/conformance'),
)
let passed = 0
let failed = 0
for (const name of readdirSync(join(root, 'eval'))) {
  if (!existsSync(join(root, 'eval', name, 'expected.json'))) continue
  try {
    await runEvalCase(join(root, 'eval', name))
    passed++
  } catch (error) {
    failed++
    process.stdout.write(
      `FAIL eval/${name}: ${error instanceof Error ? (error.constructor.name === 'Mismatch' ? error.message : error.stack) : error}\n`,
    )
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
