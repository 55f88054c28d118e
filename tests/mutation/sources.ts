/** Where mutants are looked for: everything that decides, or asks the database on behalf of somebody. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { instrument, type Mutant } from './mutants'

const rooms = /^(lib\/(access|organizations|environments|approvals|rotation|webhooks)|server\/api|app)\//

/** @param inside the path inside the project */
function isMutable(inside: string): boolean {
  return rooms.test(inside) && /\.tsx?$/.test(inside) && !/\.test\.tsx?$/.test(inside)
}

/** What a loader passes on in place of the file; undefined when it is none of ours. */
export function instrumented(root: string, path: string, source: string): string | undefined {
  const inside = relative(root, path)
  return isMutable(inside) ? instrument(inside, source).code : undefined
}

export function allMutants(root: string): Mutant[] {
  return ['lib', 'server', 'app'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((path) => join(room, path))
      .filter(isMutable)
      .flatMap((path) => instrument(path, readFileSync(join(root, path), 'utf8')).mutants),
  )
}
