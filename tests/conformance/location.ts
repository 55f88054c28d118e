import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where conformance data lies: it is third-party and not part of the project. */
export function conformanceFolder(): string {
  return resolve(
    process.env.ESC_CONFORMANCE_DIR ?? resolve(import.meta.dirname, '../../../shared/conformance'),
  )
}

/** Whether the data is on this machine. */
export function hasConformanceData(): boolean {
  return existsSync(conformanceFolder())
}
