import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where `PATH` finds a program; undefined where it does not. */
export function onPath(name: string): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
