import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where the command line's scenarios lie: they are third-party and not part of the project. */
export function scenarioFolder(): string {
  const data = process.env.ESC_CONFORMANCE_DIR
  return data
    ? resolve(data, '../conformance-cli')
    : resolve(import.meta.dirname, '../../../shared/conformance-cli')
}

export function hasScenarios(): boolean {
  return existsSync(scenarioFolder())
}
