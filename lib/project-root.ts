import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of `package.json`, found from this file: source and bundles lie at different depths below it. */
export function projectRoot(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(/* turbopackIgnore: true */ folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('no package.json above this file')
    folder = parent
  }
  return folder
}
