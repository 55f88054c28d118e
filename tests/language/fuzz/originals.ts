import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { conformanceFolder, hasConformanceData } from '../../conformance/location'

function definitionsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'))
}

/** Real definitions to mutate: the golden cases, and conformance data where it is there. */
export function originalDefinitions(): readonly string[] {
  const own = definitionsBelow(join(import.meta.dirname, '../../golden'))
  return hasConformanceData() ? [...own, ...definitionsBelow(conformanceFolder())] : own
}
